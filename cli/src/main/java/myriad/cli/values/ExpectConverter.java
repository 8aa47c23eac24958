package myriad.cli.values;

import myriad.loadgen.WireText;
import picocli.CommandLine.ITypeConverter;

/**
 * What is expected of a reply: its bytes ({@code +PONG\r\n}, {@code text:+PONG\r\n},
 * {@code @FILE}), where it ends ({@code length:853}, {@code until:\r\n}), how it begins ({@code
 * starts:HTTP/1.1 200}), or that there is none ({@code nothing}).
 */
public final class ExpectConverter implements ITypeConverter<ExpectConverter.Term> {

  private static final String TEXT = "text:";
  private static final String LENGTH = "length:";
  private static final String UNTIL = "until:";
  private static final String STARTS = "starts:";
  private static final String NOTHING = "nothing";

  /** One thing that is expected. */
  public sealed interface Term {}

  /** The reply is these bytes. */
  public record Exact(WireText text) implements Term {}

  /** The reply has so many bytes. */
  public record Length(int bytes) implements Term {}

  /** The reply ends with these bytes. */
  public record Until(WireText delimiter) implements Term {}

  /** The reply begins with these bytes. */
  public record Starts(WireText beginning) implements Term {}

  /** There is no reply. */
  public record Nothing() implements Term {}

  @Override
  public Term convert(String text) {
    if (text.startsWith(LENGTH)) {
      return new Length(new SizeConverter().convert(text.substring(LENGTH.length())));
    }
    if (text.startsWith(UNTIL)) {
      return new Until(TextConverter.escaped(text.substring(UNTIL.length())));
    }
    if (text.startsWith(STARTS)) {
      return new Starts(TextConverter.escaped(text.substring(STARTS.length())));
    }
    if (text.startsWith(TEXT)) {
      return new Exact(TextConverter.escaped(text.substring(TEXT.length())));
    }
    return text.equals(NOTHING) ? new Nothing() : new Exact(new TextConverter().convert(text));
  }
}
