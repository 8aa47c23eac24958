package myriad.loadgen;

import java.util.List;

/** Which bytes are a whole reply, and a right one. */
public sealed interface Expectation {

  /** The same in the words of {@code --expect}, one for each time the option is given. */
  List<String> describe();

  /** What this does not tell, for the notes of a run; empty if it tells everything. */
  String caveat();

  /** A right reply is these bytes and no others. */
  record Exact(WireText text) implements Expectation {

    public Exact {
      if (text.size() == 0) {
        throw new InvalidPlanException("--expect", "empty", "at least one byte of reply");
      }
    }

    @Override
    public List<String> describe() {
      return List.of("text:" + text.described());
    }

    @Override
    public String caveat() {
      return "";
    }
  }

  /**
   * A reply is so many bytes.
   *
   * @param bytes of every reply
   * @param beginning of every right reply; may be empty
   */
  record Length(int bytes, WireText beginning) implements Expectation {

    public Length {
      if (bytes < 1) {
        throw new InvalidPlanException("--expect", "length:" + bytes, "a length of 1 or more");
      }
      if (beginning.size() > bytes) {
        throw new InvalidPlanException(
            "--expect",
            "length:" + bytes,
            "at least the %,d bytes that starts: names".formatted(beginning.size()));
      }
    }

    @Override
    public List<String> describe() {
      return withBeginning("length:" + bytes, beginning);
    }

    @Override
    public String caveat() {
      return uncompared("their length", beginning);
    }
  }

  /**
   * A reply is everything up to a delimiter and with it.
   *
   * @param delimiter where it comes first, a reply ends
   * @param beginning of every right reply; may be empty
   */
  record Until(WireText delimiter, WireText beginning) implements Expectation {

    public Until {
      if (delimiter.size() == 0) {
        throw new InvalidPlanException("--expect", "until:", "at least one byte of delimiter");
      }
    }

    @Override
    public List<String> describe() {
      return withBeginning("until:" + delimiter.described(), beginning);
    }

    @Override
    public String caveat() {
      return uncompared("their delimiter", beginning);
    }
  }

  private static List<String> withBeginning(String end, WireText beginning) {
    return beginning.size() == 0 ? List.of(end) : List.of(end, "starts:" + beginning.described());
  }

  private static String uncompared(String toldBy, WireText beginning) {
    return beginning.size() == 0
        ? "replies were told by %s; their content was not compared".formatted(toldBy)
        : "replies were told by %s; only their first %,d bytes were compared"
            .formatted(toldBy, beginning.size());
  }
}
