package myriad.cli.values;

import java.util.Map;
import picocli.CommandLine.ITypeConverter;

/** Sizes in bytes, where {@code k} is 1,024: {@code 64}, {@code 16k}, {@code 1m}. */
public final class SizeConverter implements ITypeConverter<Integer> {

  private static final Map<String, Integer> FACTORS =
      Map.of("b", 1, "k", 1 << 10, "kib", 1 << 10, "m", 1 << 20, "mib", 1 << 20);

  @Override
  public Integer convert(String text) {
    return Quantity.parseInt(text, FACTORS, "a size in bytes, such as 64, 16k or 1m");
  }
}
