package myriad.cli;

import java.util.List;
import myriad.cli.values.RateConverter;
import myriad.cli.values.StageConverter;
import myriad.loadgen.ConnectionRamp;
import myriad.loadgen.RateProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how fast connections are opened. */
final class ConnectOptions {

  /** How the rate changes within a stage. */
  enum Shape {
    RAMP,
    STEP
  }

  @Option(
      names = "--connect-rate",
      paramLabel = "RATE",
      converter = RateConverter.class,
      description = "Connects a second, such as 500/s. Default: as fast as the target takes them.")
  private @Nullable Double rate;

  @Option(
      names = "--connect-stages",
      paramLabel = "TIME:RATE",
      split = ",",
      converter = StageConverter.class,
      description =
          "Connects a second that change: 10s:1k,20s:5k. The last rate goes on until all are open.")
  private @Nullable List<RateProfile.Stage> stages;

  @Option(
      names = "--connect-shape",
      paramLabel = "SHAPE",
      description =
          "ramp: the rate moves evenly to that of its stage; step: at once. Default: ramp.")
  private @Nullable Shape shape;

  /**
   * How fast connections are opened.
   *
   * @throws CommandException if options contradict each other
   */
  ConnectionRamp ramp() {
    if (rate != null && stages != null) {
      throw new CommandException(
          ExitCode.USAGE,
          "--connect-rate and --connect-stages each say how fast to connect: give one of them");
    }
    if (stages != null) {
      return ConnectionRamp.stages(stages, shape != Shape.STEP);
    }
    if (shape != null) {
      throw new CommandException(
          ExitCode.USAGE, "--connect-shape belongs to --connect-stages: give them with it");
    }
    return rate == null ? ConnectionRamp.AT_ONCE : ConnectionRamp.steady(rate);
  }
}
