package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a line as a shell splits them; quotes keep blanks, and nothing is replaced. */
final class ShellWords {

  private static final Pattern PART = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"']+)|(\\s+)");

  private ShellWords() {}

  /**
   * The words of {@code line}.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    Matcher part = PART.matcher(line);
    int end = 0;
    while (part.find() && part.start() == end) {
      end = part.end();
      if (part.group(4) == null) {
        begun = true;
        for (int group = 1; group <= 3; group++) {
          word.append(part.group(group) == null ? "" : part.group(group));
        }
      } else if (begun) {
        words.add(word.toString());
        word.setLength(0);
        begun = false;
      }
    }
    if (end < line.length()) {
      throw new IllegalArgumentException("a quote is not closed in: " + line);
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
