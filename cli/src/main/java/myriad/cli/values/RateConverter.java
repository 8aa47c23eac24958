package myriad.cli.values;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** Rates a second, where {@code k} is 1,000: {@code 50/s}, {@code 10k}, {@code 0.5/s}. */
public final class RateConverter implements ITypeConverter<Double> {

  private static final Map<String, Integer> FACTORS =
      Map.of("/s", 1, "k", 1_000, "k/s", 1_000, "m", 1_000_000, "m/s", 1_000_000);

  @Override
  public Double convert(String text) {
    return Quantity.parse(text, FACTORS, "a rate a second, such as 50/s, 10k/s or 10k")
        .doubleValue();
  }
}
