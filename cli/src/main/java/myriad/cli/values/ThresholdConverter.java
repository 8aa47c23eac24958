package myriad.cli.values;

import myriad.results.gate.Threshold;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A limit that runs must keep, such as {@code p99<5ms} or {@code epoll:errors==0}. */
public final class ThresholdConverter implements ITypeConverter<Threshold> {

  @Override
  public Threshold convert(String text) {
    try {
      return Threshold.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'%s': %s".formatted(text, e.getMessage()));
    }
  }
}
