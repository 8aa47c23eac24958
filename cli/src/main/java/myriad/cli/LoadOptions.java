package myriad.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import myriad.cli.values.AddressRangeConverter;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that shape a load, the same for every command that makes one. */
final class LoadOptions {

  /**
   * The same load for servers that are compared, which the generator can keep up with on half of
   * two cores: a closed loop would measure whichever of the two is slower, and there that is often
   * the generator.
   */
  static final double COMPARISON_RATE_PER_SECOND = 10_000;

  /** Enough for a server that is primed before. */
  static final Duration SHORT_WARMUP = Duration.ofMillis(500);

  /** Takes the place of a target that is not started yet, in plans that are only looked at. */
  static final InetSocketAddress ANYWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private Duration warmupByDefault = Duration.ofSeconds(1);

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "Event loops of the generator. Default: half of the CPUs.")
  private @Nullable Integer threads;

  @Option(
      names = "--source-ip",
      paramLabel = "ADDRESS",
      split = ",",
      converter = AddressRangeConverter.class,
      description =
          "Addresses of this host that connections come from, in turn, such as"
              + " 127.0.0.2-127.0.0.20: each has its own ports. Default: the kernel chooses.")
  private List<AddressRangeConverter.Addresses> sources = List.of();

  @Option(
      names = "--pipeline",
      paramLabel = "COUNT",
      defaultValue = "1",
      converter = CountConverter.class,
      description =
          "The most messages under way at once on a connection. Default: ${DEFAULT-VALUE}.")
  private int pipeline;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Load before the measured time. Default: 1s; bench: 500ms.")
  private @Nullable Duration warmup;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "A message not answered by then is an error. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description =
          "A connect, or a handshake of TLS, not answered by then is an error. Default: ${DEFAULT-VALUE}.")
  private Duration connectTimeout;

  @Option(
      names = "--max-errors",
      paramLabel = "COUNT",
      defaultValue = "0",
      converter = CountConverter.class,
      description =
          "Errors beyond which the target has failed; of surplus, each byte. Default:"
              + " ${DEFAULT-VALUE}.")
  private int maxErrors;

  @Option(
      names = "--no-verify",
      description = "Count the bytes that come back, do not compare them; the report says so.")
  private boolean noVerify;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      defaultValue = "epoll",
      description = "Of the generator: epoll, io_uring or nio. Default: ${DEFAULT-VALUE}.")
  private Transport transport;

  @Option(
      names = "--busy-poll",
      description =
          "Event loops of the generator never sleep: they read a reply some µs sooner, and take a"
              + " CPU each. Without it they sleep until 10 µs before a message is due; with io_uring,"
              + " until it is.")
  private boolean busyPoll;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private ConnectOptions connects;
  @Mixin private LoadModelOptions model;
  @Mixin private MessageOptions messages;

  /** Nothing is left to be done: {@link Scenario} has put what the file holds beside the option. */
  @Option(
      names = Scenario.OPTION,
      paramLabel = "FILE",
      description =
          "Take options from a YAML file, by their long names without dashes: 'connections: 1k',"
              + " 'threshold: [p99<5ms, errors==0]', 'quiet: true'. Those of the command line win.")
  void scenario(Path file) {}

  /** See {@link LoadModelOptions#rateByDefault}. */
  void rateByDefault(double messagesPerSecond) {
    model.rateByDefault(messagesPerSecond);
  }

  /** Refuses options that say when messages are due, as {@code option} says that. */
  void requireNoModel(String option) {
    if (!model.given().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s and %s each say when messages are due: give one of them"
              .formatted(option, String.join(" and ", model.given())));
    }
  }

  /** Whether a server is to be loaded before it counts: unless the user wants no warm-up. */
  boolean primes() {
    return warmup == null || !warmup.isZero();
  }

  /** Likewise, for the warm-up. */
  void warmupByDefault(Duration length) {
    warmupByDefault = length;
  }

  /** What an echo server is sent. */
  MessageOptions messages() {
    return messages;
  }

  /** Of everything that is drawn at random. */
  long seed() {
    return model.seed();
  }

  /**
   * What these options say, against {@code targets}; the caller adds what is its own.
   *
   * @param duration of the load, unless stages say how long it lasts
   * @throws CommandException if options contradict each other
   */
  LoadPlan.Builder planAgainst(
      List<? extends SocketAddress> targets, int connections, Duration duration) {
    Duration stages = model.stagesLength();
    if (stages != null && command.commandLine().getParseResult().hasMatchedOption("--duration")) {
      throw new CommandException(
          ExitCode.USAGE, "--stages say how long the load lasts: leave out --duration");
    }
    Duration before = warmup == null ? (stages == null ? warmupByDefault : Duration.ZERO) : warmup;
    if (stages != null && before.compareTo(stages) >= 0) {
      throw new CommandException(
          ExitCode.USAGE, "--warmup is the beginning of --stages: it takes less than all of them");
    }
    LoadPlan.Builder plan =
        LoadPlan.against(List.copyOf(targets))
            .sources(sources.stream().flatMap(range -> range.list().stream()).toList())
            .connections(connections)
            .arrivals(model.arrivals(connections, messages.vary()))
            .life(model.life())
            .pipelineDepth(pipeline)
            .ramp(connects.ramp())
            .messages(messages.messages(seed()))
            .warmup(before)
            .duration(stages == null ? duration : stages.minus(before))
            .replyTimeout(timeout)
            .connectTimeout(connectTimeout)
            .maxErrors(maxErrors)
            .verify(!noVerify)
            .transport(transport)
            .busyPoll(busyPoll);
    return threads == null ? plan : plan.eventLoops(threads);
  }
}
