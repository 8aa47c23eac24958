package myriad.cli;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.cli.values.RateConverter;
import myriad.cli.values.StageConverter;
import myriad.loadgen.Arrivals;
import myriad.loadgen.Arrivals.Spacing;
import myriad.loadgen.ConnectionLife;
import myriad.loadgen.RateProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say when messages are due and how long connections live. */
final class LoadModelOptions {

  /** How the rate changes within a stage. */
  enum StageShape {
    RAMP,
    STEP
  }

  @Option(
      names = {"-R", "--rate"},
      paramLabel = "RATE",
      converter = RateConverter.class,
      description =
          "Open loop: messages a second in all, such as 50k, due whatever the target does.")
  private @Nullable Double rate;

  @Option(
      names = "--rate-per-connection",
      paramLabel = "RATE",
      converter = RateConverter.class,
      description = "Open loop: likewise, for each connection.")
  private @Nullable Double ratePerConnection;

  @Option(
      names = "--stages",
      paramLabel = "TIME:RATE",
      split = ",",
      converter = StageConverter.class,
      description =
          "Open loop whose rate changes: 30s:1k,1m:10k,10s:0. Replaces --duration; there is no"
              + " warm-up unless --warmup is given, and then it is the beginning of the stages.")
  private @Nullable List<RateProfile.Stage> stages;

  @Option(
      names = "--stage-shape",
      paramLabel = "SHAPE",
      description =
          "ramp: the rate moves evenly to that of its stage; step: at once. Default: ramp.")
  private @Nullable StageShape stageShape;

  @Option(
      names = "--arrivals",
      paramLabel = "SPACING",
      description =
          "Open loop: constant distances, or poisson: on each connection as of an independent user."
              + " Default: constant.")
  private @Nullable Spacing spacing;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description =
          "Of --arrivals poisson and of a --size that varies; the same seed gives the same times"
              + " and sizes. Default: 1.")
  private @Nullable Long seed;

  @Option(
      names = "--heartbeat",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Idle connections that send a message each, once in this time, in turn.")
  private @Nullable Duration heartbeat;

  @Option(names = "--idle", description = "Idle connections: opened, and left alone.")
  private boolean idle;

  @Option(
      names = "--closed-loop",
      description = "A message follows an echo, as fast as the target answers.")
  private boolean closedLoop;

  @Option(
      names = "--think",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "Closed loop: pause between an echo and the next message. Default: 0.")
  private @Nullable Duration think;

  @Option(
      names = "--messages-per-connection",
      paramLabel = "COUNT",
      converter = CountConverter.class,
      description = "After so many messages a connection is closed and replaced by a new one.")
  private @Nullable Integer messagesPerConnection;

  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "After this time a connection is closed and replaced by a new one.")
  private @Nullable Duration lifetime;

  @Option(
      names = "--reconnect",
      description =
          "Replace connections that failed, were lost, or have a reply overdue (--timeout), 100 ms"
              + " later. Without it a connection waits on, and a reply may come late.")
  private boolean reconnect;

  private @Nullable Double rateByDefault;

  /**
   * Whether the stages say how long the load lasts.
   *
   * @return their length together; null without stages
   */
  @Nullable Duration stagesLength() {
    return stages == null
        ? null
        : stages.stream().map(RateProfile.Stage::length).reduce(Duration.ZERO, Duration::plus);
  }

  /**
   * When messages are due.
   *
   * @param connections over which a rate for each is multiplied
   * @param seedIsUsed whether --seed has a use besides this
   * @throws CommandException if options contradict each other
   */
  Arrivals arrivals(int connections, boolean seedIsUsed) {
    requireAtMostOne();
    RateProfile profile = idle ? null : profile(connections);
    if (profile == null) {
      requireNone("open loop: give --rate with it", present("--arrivals", spacing));
      requireNone("--stages: give them with it", present("--stage-shape", stageShape));
      if (!seedIsUsed) {
        requireNone("--arrivals poisson, or a --size that varies", present("--seed", seed));
      }
      if (idle) {
        requireNone(
            "a load: idle connections carry none",
            present("--messages-per-connection", messagesPerConnection));
        return new Arrivals.Idle();
      }
      return new Arrivals.ClosedLoop(think == null ? Duration.ZERO : think);
    }
    return new Arrivals.OpenLoop(profile, spacing == null ? Spacing.CONSTANT : spacing, seed());
  }

  /** Of everything that is drawn at random. */
  long seed() {
    return seed == null ? 1 : seed;
  }

  /** Makes a constant rate the load model if the user names none; else it is a closed loop. */
  void rateByDefault(double messagesPerSecond) {
    rateByDefault = messagesPerSecond;
  }

  ConnectionLife life() {
    return new ConnectionLife(
        messagesPerConnection == null
            ? ConnectionLife.UNLIMITED
            : requirePositive(messagesPerConnection),
        lifetime == null ? Duration.ZERO : requirePositive("--lifetime", lifetime),
        reconnect);
  }

  private @Nullable RateProfile profile(int connections) {
    if (stages != null) {
      return RateProfile.stages(stages, stageShape != StageShape.STEP);
    }
    requireNone("--stages: give them with it", present("--stage-shape", stageShape));
    if (heartbeat != null) {
      double seconds = requirePositive("--heartbeat", heartbeat).toNanos() / 1e9;
      return RateProfile.constant(connections / seconds);
    }
    if (ratePerConnection != null) {
      return RateProfile.constant("--rate-per-connection", ratePerConnection * connections);
    }
    if (rate != null) {
      return RateProfile.constant(rate);
    }
    if (closedLoop || think != null || rateByDefault == null) {
      return null;
    }
    return RateProfile.constant(rateByDefault);
  }

  /** The options given that say when messages are due. */
  List<String> given() {
    return Stream.of(
            present("--rate", rate),
            present("--rate-per-connection", ratePerConnection),
            present("--stages", stages),
            present("--heartbeat", heartbeat),
            idle ? "--idle" : "",
            closedLoop || think != null ? "--closed-loop or --think" : "")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private void requireAtMostOne() {
    List<String> given = given();
    if (given.size() > 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s each say when messages are due: give one of them"
              .formatted(String.join(" and ", given)));
    }
  }

  private static void requireNone(String belongsTo, String... options) {
    for (String option : options) {
      if (!option.isEmpty()) {
        throw new CommandException(ExitCode.USAGE, "%s belongs to %s".formatted(option, belongsTo));
      }
    }
  }

  private static Duration requirePositive(String option, Duration length) {
    if (length.isZero()) {
      throw new CommandException(ExitCode.USAGE, option + " is 0; it takes more than 0s");
    }
    return length;
  }

  private static int requirePositive(int messages) {
    if (messages < 1) {
      throw new CommandException(
          ExitCode.USAGE,
          "--messages-per-connection is %d; it takes 1 or more".formatted(messages));
    }
    return messages;
  }

  private static String present(String name, @Nullable Object value) {
    return value == null ? "" : name;
  }
}
