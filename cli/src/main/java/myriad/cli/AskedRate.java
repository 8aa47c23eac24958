package myriad.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import myriad.results.Quantity;
import myriad.results.RunResult;

/** The rate that a run was asked for, in words. */
final class AskedRate {

  private static final Pattern RATE_OF_STAGE = Pattern.compile(":([^,]+)");

  private AskedRate() {}

  /**
   * {@code 10.0k/s asked}, and of stages {@code 5.50k/s asked, from 0/s to 10.0k/s}; empty for a
   * run without a schedule.
   */
  static Optional<String> of(RunResult run) {
    OptionalDouble asked = run.askedPerSecond();
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    String mean = Figures.rate(asked.getAsDouble()) + "/s asked";
    String stages = run.plan().get("stages");
    return Optional.of(
        stages == null ? mean : mean + range(stages, "ramp".equals(run.plan().get("stage-shape"))));
  }

  /** A ramp begins at 0. */
  private static String range(String stages, boolean ramping) {
    double[] rates =
        DoubleStream.concat(
                DoubleStream.of(ramping ? new double[] {0} : new double[] {}),
                RATE_OF_STAGE
                    .matcher(stages)
                    .results()
                    .map(stage -> Quantity.rate(stage.group(1)))
                    .flatMapToDouble(OptionalDouble::stream))
            .sorted()
            .toArray();
    return rates.length == 0
        ? ""
        : ", from %s/s to %s/s"
            .formatted(Figures.rate(rates[0]), Figures.rate(rates[rates.length - 1]));
  }
}
