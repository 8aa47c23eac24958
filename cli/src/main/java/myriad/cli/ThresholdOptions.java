package myriad.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import myriad.cli.values.ThresholdConverter;
import myriad.results.Check;
import myriad.results.SweepResult;
import myriad.results.gate.Threshold;
import picocli.CommandLine.Option;

/** The option that holds runs against limits. */
final class ThresholdOptions {

  @Option(
      names = "--threshold",
      paramLabel = "LIMIT",
      converter = ThresholdConverter.class,
      description = {
        "A limit that every run must keep, such as 'p99<5ms' of response time,"
            + " 'service.p99.9<=20ms', 'errors==0', 'msgs_per_s>=100k', 'connections>=10k' or"
            + " 'epoll:p99<2ms' of one variant; may be given several times. Exit code 99 when one"
            + " fails; an INVALID run never passes."
      })
  private List<Threshold> thresholds = List.of();

  /**
   * Refuses limits for variants that are not run.
   *
   * @param variants that are
   */
  void requireVariantsOf(Set<String> variants) {
    for (Threshold threshold : thresholds) {
      Optional<String> variant = threshold.variant();
      if (variant.isPresent() && !variants.contains(variant.get())) {
        throw new CommandException(
            ExitCode.USAGE,
            variants.isEmpty()
                ? "--threshold '%s' is for a variant; without one it holds for the target"
                    .formatted(threshold)
                : "--threshold '%s' is for '%s', which is not run; run are %s"
                    .formatted(threshold, variant.get(), String.join(", ", variants)));
      }
    }
  }

  /** {@code sweep} with what the limits say of its runs. */
  SweepResult conclude(SweepResult sweep) {
    List<Check> checks =
        thresholds.stream().flatMap(threshold -> threshold.check(sweep).stream()).toList();
    return sweep.concluding(checks, null);
  }
}
