package myriad.cli.values;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** Counts of things, where {@code k} is 1,000: {@code 500}, {@code 10k}, {@code 1.5m}. */
public final class CountConverter implements ITypeConverter<Integer> {

  static final Map<String, Integer> FACTORS = Map.of("k", 1_000, "m", 1_000_000);

  @Override
  public Integer convert(String text) {
    return Quantity.parseInt(text, FACTORS, "a count, such as 500, 10k or 1m");
  }
}
