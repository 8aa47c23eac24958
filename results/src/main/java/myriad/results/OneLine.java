package myriad.results;

/** Text from a file or from the system, made fit for one line of a terminal. */
final class OneLine {

  private static final int MAX_LENGTH = 300;

  private OneLine() {}

  static String of(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }
}
