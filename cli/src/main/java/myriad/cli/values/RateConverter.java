package myriad.cli.values;

import picocli.CommandLine.ITypeConverter;

/** Rates a second, where {@code k} is 1,000: {@code 50/s}, {@code 10k}, {@code 0.5/s}. */
public final class RateConverter implements ITypeConverter<Double> {

  private static final String PER_SECOND = "/s";

  @Override
  public Double convert(String text) {
    String number =
        text.endsWith(PER_SECOND) ? text.substring(0, text.length() - PER_SECOND.length()) : text;
    return Quantity.parse(
            number, CountConverter.FACTORS, "a rate a second, such as 50/s, 10k/s or 10k")
        .doubleValue();
  }
}
