package myriad.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Text broken between words where a terminal would break within them. */
final class WrappedText {

  private static final String INDENT = "  ";

  private WrappedText() {}

  /**
   * Each paragraph from the left, its further lines indented.
   *
   * @param width of the terminal, which no line exceeds unless by a word alone; empty if it is none
   */
  static String wrap(List<String> paragraphs, OptionalInt width) {
    return paragraphs.stream()
        .map(paragraph -> wrap(paragraph, width, INDENT))
        .collect(Collectors.joining("\n"));
  }

  /** {@code text} as it fits the terminal that standard error is; whole if it is none. */
  static String forStandardError(String text) {
    return wrap(List.of(text), TerminalWindow.columns(TerminalWindow.STDERR));
  }

  /** {@code text} beside its {@code label}; its further lines begin where the first does. */
  static String beside(String label, String text, OptionalInt width) {
    OptionalInt room =
        width.isEmpty() ? width : OptionalInt.of(Math.max(1, width.getAsInt() - label.length()));
    return label + wrap(text, room, "").replace("\n", "\n" + " ".repeat(label.length()));
  }

  private static String wrap(String paragraph, OptionalInt width, String indent) {
    StringBuilder wrapped = new StringBuilder();
    int most = width.orElse(Integer.MAX_VALUE);
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > most) {
        wrapped.append('\n').append(indent);
        column = indent.length();
      } else if (column > 0) {
        wrapped.append(' ');
        column++;
      }
      wrapped.append(word);
      column += word.length();
    }
    return wrapped.toString();
  }
}
