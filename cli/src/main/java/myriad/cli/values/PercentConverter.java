package myriad.cli.values;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** Percentages, with or without their sign: {@code 5%}, {@code 2.5}. */
public final class PercentConverter implements ITypeConverter<Double> {

  private static final Map<String, Integer> FACTORS = Map.of("%", 1);

  @Override
  public Double convert(String text) {
    return Quantity.parse(text, FACTORS, "a percentage, such as 5% or 2.5%").doubleValue();
  }
}
