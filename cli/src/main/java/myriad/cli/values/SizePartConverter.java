package myriad.cli.values;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import myriad.loadgen.MessageSizes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Sizes of messages, as one part of a mix: {@code 64}, the range {@code 16-1k}, or either with a
 * weight, {@code 64:90}.
 */
public final class SizePartConverter implements ITypeConverter<SizePartConverter.SizePart> {

  private static final String TAKES =
      "a size such as 64 or 16k, a range 16-1k, or either with a weight, 64:90";

  private static final Pattern FORM = Pattern.compile("([^-:]+)(?:-([^-:]+))?(?::([^-:]+))?");

  /** What was typed, not yet validated. */
  public record SizePart(int leastBytes, int mostBytes, int weight) {

    /** Likewise, validated. */
    public MessageSizes.Part validated() {
      return new MessageSizes.Part(leastBytes, mostBytes, weight);
    }
  }

  @Override
  public SizePart convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw Quantity.refused(text, TAKES);
    }
    try {
      int least = new SizeConverter().convert(form.group(1));
      int most = form.group(2) == null ? least : new SizeConverter().convert(form.group(2));
      int weight = form.group(3) == null ? 1 : new CountConverter().convert(form.group(3));
      return new SizePart(least, most, weight);
    } catch (TypeConversionException inPart) {
      throw Quantity.refused(text, TAKES);
    }
  }
}
