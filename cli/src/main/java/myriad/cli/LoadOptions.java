package myriad.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.cli.values.RateConverter;
import myriad.cli.values.SizeConverter;
import myriad.loadgen.Arrivals;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that shape a load, the same for every command that makes one. */
final class LoadOptions {

  @Option(
      names = {"-t", "--threads"},
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "Event loops of the generator. Default: half of the CPUs.")
  private @Nullable Integer threads;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      converter = RateConverter.class,
      description =
          "Open loop: messages a second in all, such as 50k, due at even distances whatever the"
              + " target does. Default: closed loop, a message follows an echo.")
  private @Nullable Double rate;

  @Option(
      names = "--connect-rate",
      paramLabel = "RATE",
      converter = RateConverter.class,
      description = "Connects a second, such as 500/s. Default: as fast as the target takes them.")
  private double connectRate = Double.POSITIVE_INFINITY;

  @Option(
      names = {"-s", "--size"},
      paramLabel = "SIZE",
      defaultValue = "" + LoadPlan.DEFAULT_MESSAGE_BYTES,
      converter = SizeConverter.class,
      description = "Bytes of a message. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--pipeline",
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "Closed loop: messages under way at once on a connection. Default: 1.")
  private @Nullable Integer pipeline;

  @Option(
      names = "--think",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Closed loop: pause between an echo and the next message. Default: 0.")
  private @Nullable Duration think;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = DurationConverter.class,
      description = "Load before the measured time. Default: ${DEFAULT-VALUE}.")
  private Duration warmup;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "A message not echoed by then is an error. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(
      names = "--connect-timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "A connect not answered by then is an error. Default: ${DEFAULT-VALUE}.")
  private Duration connectTimeout;

  @Option(
      names = "--max-errors",
      paramLabel = "COUNT",
      defaultValue = "0",
      converter = CountConverter.class,
      description = "Errors beyond which the target has failed. Default: ${DEFAULT-VALUE}.")
  private int maxErrors;

  @Option(
      names = "--no-verify",
      description = "Count echoed bytes, do not compare them; the report says so.")
  private boolean noVerify;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      defaultValue = "epoll",
      description = "Of the generator: epoll, io_uring or nio. Default: ${DEFAULT-VALUE}.")
  private Transport transport;

  /**
   * What these options say, against {@code target}; the caller adds what is its own.
   *
   * @throws CommandException if options contradict each other
   */
  LoadPlan.Builder planAgainst(InetSocketAddress target) {
    LoadPlan.Builder plan =
        LoadPlan.against(target)
            .arrivals(arrivals())
            .connectsPerSecond(connectRate)
            .messageBytes(size)
            .warmup(warmup)
            .replyTimeout(timeout)
            .connectTimeout(connectTimeout)
            .maxErrors(maxErrors)
            .verify(!noVerify)
            .transport(transport);
    return threads == null ? plan : plan.eventLoops(threads);
  }

  private Arrivals arrivals() {
    if (rate == null) {
      return new Arrivals.ClosedLoop(
          pipeline == null ? 1 : pipeline, think == null ? Duration.ZERO : think);
    }
    if (pipeline != null || think != null) {
      throw new CommandException(
          ExitCode.USAGE,
          "--rate is open loop, and %s belongs to closed loop: leave one of them out"
              .formatted(pipeline != null ? "--pipeline" : "--think"));
    }
    return new Arrivals.ConstantRate(rate);
  }
}
