package myriad.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Text broken between words where a terminal would break within them. */
final class WrappedText {

  private static final String INDENT = "  ";

  private WrappedText() {}

  /** Each paragraph from the left, its further lines indented, none wider than {@code width}. */
  static String wrap(List<String> paragraphs, int width) {
    return paragraphs.stream()
        .map(paragraph -> wrap(paragraph, width))
        .collect(Collectors.joining("\n"));
  }

  private static String wrap(String paragraph, int width) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String word : paragraph.split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > width) {
        wrapped.append('\n').append(INDENT);
        column = INDENT.length();
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
