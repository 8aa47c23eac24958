package myriad.cli.values;

import java.time.Duration;
import myriad.loadgen.InvalidPlanException;
import myriad.loadgen.RateProfile;
import picocli.CommandLine.ITypeConverter;

/** One stage of a load: how long, and the rate at its end, such as {@code 30s:1k}. */
public final class StageConverter implements ITypeConverter<RateProfile.Stage> {

  private static final String TAKES = "a stage such as 30s:1k, its length and the rate at its end";

  @Override
  public RateProfile.Stage convert(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw Quantity.refused(text, TAKES);
    }
    Duration length = new DurationConverter().convert(text.substring(0, colon));
    double rate = new RateConverter().convert(text.substring(colon + 1));
    try {
      return new RateProfile.Stage(length, rate);
    } catch (InvalidPlanException e) {
      throw Quantity.refused(text, TAKES + ": " + e.getMessage());
    }
  }
}
