package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import myriad.cli.values.ExpectConverter;
import myriad.cli.values.ExpectConverter.Term;
import myriad.cli.values.TextConverter;
import myriad.loadgen.Expectation;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.Messages;
import myriad.loadgen.Messages.FirstMessage;
import myriad.loadgen.WireText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that load a server of any protocol with a request, and say what a right reply is. */
final class RequestOptions {

  @Option(
      names = "--request",
      paramLabel = "TEXT",
      converter = TextConverter.class,
      description =
          "Load a server that does not echo: what to send, text with \\r \\n \\t \\0 \\\\ \\xHH or"
              + " @FILE. Every message is this request.")
  private @Nullable WireText request;

  @Option(
      names = "--expect",
      paramLabel = "REPLY",
      converter = ExpectConverter.class,
      description =
          "The reply to --request. Its bytes: +PONG\\r\\n, text:TEXT or @FILE. Or where it ends:"
              + " length:BYTES or until:TEXT; given a second time, how it begins: starts:TEXT."
              + " What differs is an error.")
  private List<Term> expected = List.of();

  @Option(
      names = "--first-expect",
      paramLabel = "REPLY",
      converter = ExpectConverter.class,
      description =
          "The reply to --first-message, likewise, or nothing to await none. Default: as --expect;"
              + " its echo without --request.")
  private List<Term> firstExpected = List.of();

  /** Those that are given. */
  List<String> given() {
    return Stream.of(
            request == null ? "" : "--request",
            expected.isEmpty() ? "" : "--expect",
            firstExpected.isEmpty() ? "" : "--first-expect")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * Makes {@code plan} send the request, if there is one.
   *
   * @param echo what is said of messages besides; the plan has it already
   * @param seed of sizes that vary
   * @throws CommandException if options contradict each other
   */
  LoadPlan.Builder addTo(LoadPlan.Builder plan, MessageOptions echo, long seed) {
    Messages messages = request == null ? echo.messages(seed) : request(request, echo);
    if (request == null && !expected.isEmpty()) {
      throw usage("--expect belongs to --request: give both");
    }
    if (firstExpected.isEmpty()) {
      return plan.messages(messages);
    }
    WireText first = echo.firstMessage();
    if (first == null) {
      throw usage("--first-expect belongs to --first-message: give both");
    }
    return plan.messages(messages.after(new FirstMessage(first, firstReply())));
  }

  private Messages request(WireText text, MessageOptions echo) {
    List<String> contradicting = new ArrayList<>(echo.given());
    if (echo.raw()) {
      contradicting.add("--raw");
    }
    if (!contradicting.isEmpty()) {
      throw usage(
          "--request says what is sent: leave out %s"
              .formatted(String.join(" and ", contradicting)));
    }
    if (expected.isEmpty()) {
      throw usage(
          "--request needs --expect, the reply: its bytes such as '+PONG\\r\\n', length:BYTES or"
              + " until:TEXT");
    }
    Expectation reply = reply("--expect", expected);
    return new Messages(
        new Messages.Request(text, reply),
        Optional.ofNullable(echo.firstMessage())
            .map(first -> new FirstMessage(first, Optional.of(reply))));
  }

  private Optional<Expectation> firstReply() {
    if (firstExpected.stream().allMatch(ExpectConverter.Nothing.class::isInstance)) {
      return Optional.empty();
    }
    return Optional.of(reply("--first-expect", firstExpected));
  }

  private static Expectation reply(String option, List<Term> terms) {
    List<Term> ends =
        terms.stream().filter(term -> !(term instanceof ExpectConverter.Starts)).toList();
    List<WireText> beginnings =
        terms.stream()
            .filter(ExpectConverter.Starts.class::isInstance)
            .map(term -> ((ExpectConverter.Starts) term).beginning())
            .toList();
    if (ends.isEmpty()) {
      throw usage(
          "%s starts: needs to know where a reply ends: give length: or until: too"
              .formatted(option));
    }
    if (ends.size() > 1 || beginnings.size() > 1) {
      throw usage(
          "%s is given too often: it takes one text, length: or until:, and one starts: with the latter two"
              .formatted(option));
    }
    WireText beginning = beginnings.isEmpty() ? WireText.EMPTY : beginnings.getFirst();
    return switch (ends.getFirst()) {
      case ExpectConverter.Length length -> new Expectation.Length(length.bytes(), beginning);
      case ExpectConverter.Until until -> new Expectation.Until(until.delimiter(), beginning);
      case ExpectConverter.Exact exact when beginnings.isEmpty() ->
          new Expectation.Exact(exact.text());
      case ExpectConverter.Exact _ ->
          throw usage("%s says all bytes of the reply: leave out starts:".formatted(option));
      case ExpectConverter.Nothing _ ->
          throw usage(
              "%s is nothing, and a message without a reply has no latency: name its reply"
                  .formatted(option));
      case ExpectConverter.Starts _ -> throw new IllegalStateException("filtered out above");
    };
  }

  private static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
