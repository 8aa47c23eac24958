package myriad.results.gate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import myriad.results.Check;
import myriad.results.Check.Status;
import myriad.results.RunResult;
import myriad.results.RunResult.Outcome;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import myriad.results.report.RunLabels;

/**
 * A limit that a run must keep: {@code [VARIANT:]METRIC OPERATOR VALUE}, such as {@code p99<5ms},
 * {@code errors==0} or {@code epoll:msgs_per_s>=100k}. It is held against each run on its own. Only
 * a run that reached its end and is VALID can pass.
 */
public final class Threshold {

  private static final int MAX_LENGTH = 200;
  private static final Pattern FORM =
      Pattern.compile("(?:([^:<>=\\s]+):)?([a-z_0-9.]+)\\s*(<=|>=|==|<|>)\\s*(\\S+)");

  private enum Operator {
    LESS("<") {
      @Override
      boolean holds(double measured, double limit) {
        return measured < limit;
      }
    },
    AT_MOST("<=") {
      @Override
      boolean holds(double measured, double limit) {
        return measured <= limit;
      }
    },
    MORE(">") {
      @Override
      boolean holds(double measured, double limit) {
        return measured > limit;
      }
    },
    AT_LEAST(">=") {
      @Override
      boolean holds(double measured, double limit) {
        return measured >= limit;
      }
    },
    EQUAL("==") {
      @Override
      boolean holds(double measured, double limit) {
        return measured == limit;
      }
    };

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    abstract boolean holds(double measured, double limit);

    static Operator of(String sign) {
      return Stream.of(values()).filter(op -> op.sign.equals(sign)).findFirst().orElseThrow();
    }
  }

  private final String text;
  private final Optional<String> variant;
  private final Metric metric;
  private final Operator operator;
  private final double limit;

  private Threshold(
      String text, Optional<String> variant, Metric metric, Operator operator, double limit) {
    this.text = text;
    this.variant = variant;
    this.metric = metric;
    this.operator = operator;
    this.limit = limit;
  }

  /**
   * Reads a threshold as a user types it.
   *
   * @throws IllegalArgumentException if it is none; the message is one line that says what is wrong
   *     and what would be right
   */
  public static Threshold parse(String text) {
    String trimmed = text.strip();
    Matcher matcher = FORM.matcher(trimmed);
    if (trimmed.length() > MAX_LENGTH || !matcher.matches()) {
      throw new IllegalArgumentException(
          "not a threshold: write [VARIANT:]METRIC OPERATOR VALUE, such as p99<5ms or"
              + " epoll:errors==0");
    }
    Metric metric =
        Metric.named(matcher.group(2))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no metric %s; there are %s".formatted(matcher.group(2), Metric.names())));
    OptionalDouble limit = metric.unit().parse(matcher.group(4));
    return new Threshold(
        trimmed,
        Optional.ofNullable(matcher.group(1)),
        metric,
        Operator.of(matcher.group(3)),
        limit.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s needs %s, not %s"
                        .formatted(metric.name(), metric.unit().example(), matcher.group(4)))));
  }

  /**
   * Whether a load can be so high that it is missed: else no highest that meets it can be found.
   */
  public boolean endsASearch() {
    boolean asksForMore = operator == Operator.MORE || operator == Operator.AT_LEAST;
    return !asksForMore || metric.isOfWhatIsCarried();
  }

  /** As it was typed. */
  public String text() {
    return text;
  }

  /** The variant that it is for; empty for all. */
  public Optional<String> variant() {
    return variant;
  }

  /** Holds it against every run of its variant; against nothing, which fails, if there is none. */
  public List<Check> check(SweepResult sweep) {
    List<Check> checks =
        sweep.runs().stream()
            .filter(run -> variant.isEmpty() || variant.get().equals(run.variant()))
            .map(this::check)
            .toList();
    return checks.isEmpty()
        ? List.of(
            new Check(
                variant.orElse("all variants"), text, Status.FAIL, "no run to hold it against"))
        : checks;
  }

  /** Holds it against one run, whatever its variant. */
  public Check check(RunResult run) {
    String subject = RunLabels.subject(run);
    if (run.outcome() == Outcome.SKIPPED) {
      return new Check(subject, text, Status.SKIPPED, "not run: " + String.join("; ", run.notes()));
    }
    if (run.outcome() != Outcome.COMPLETE || run.verdict().kind() != Verdict.Kind.VALID) {
      return new Check(subject, text, Status.INVALID, invalidity(run));
    }
    OptionalDouble measured = metric.of().apply(run);
    if (measured.isEmpty()) {
      return new Check(subject, text, Status.FAIL, "not measured");
    }
    boolean holds = operator.holds(measured.getAsDouble(), limit);
    return new Check(
        subject,
        text,
        holds ? Status.PASS : Status.FAIL,
        metric.unit().show(measured.getAsDouble()));
  }

  private static String invalidity(RunResult run) {
    List<String> reasons = run.verdict().reasons();
    String verdict = "the run is " + RunLabels.verdict(run);
    return reasons.isEmpty() ? verdict : verdict + ": " + String.join("; ", reasons);
  }

  /**
   * Whether checks of thresholds let a build go on: none failed, none rests on an invalid run, and
   * at least one passed or there was nothing to check.
   */
  public static boolean allHold(List<Check> checks) {
    return checks.isEmpty()
        || (checks.stream()
                .allMatch(
                    check -> check.status() == Status.PASS || check.status() == Status.SKIPPED)
            && checks.stream().anyMatch(check -> check.status() == Status.PASS));
  }

  @Override
  public String toString() {
    return text;
  }
}
