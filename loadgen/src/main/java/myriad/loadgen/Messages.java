package myriad.loadgen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is sent, and what has to come back.
 *
 * @param content of every message
 * @param first sent once on each connection, before any other message
 */
public record Messages(Content content, Optional<FirstMessage> first) {

  /** Framed messages of the default size, and nothing before them. */
  public static final Messages DEFAULT = echoOf(MessageSizes.DEFAULT);

  /** Framed messages of these sizes. */
  public static Messages echoOf(MessageSizes sizes) {
    return new Messages(new Pattern(sizes), Optional.empty());
  }

  /** The same messages after a first one. */
  public Messages after(FirstMessage opening) {
    return new Messages(content, Optional.of(opening));
  }

  /** Size of the largest message, in bytes. */
  int mostBytes() {
    return switch (content) {
      case Pattern pattern ->
          pattern.sizes().parts().stream().mapToInt(MessageSizes.Part::mostBytes).max().orElse(0);
      case FramedText framed -> EchoFrame.HEADER_BYTES + framed.text().size();
      case RawText raw -> raw.text().size();
      case Request request -> request.text().size();
    };
  }

  /** The options that make this of the command line, in a fixed order. */
  Map<String, String> describe() {
    Map<String, String> options = new LinkedHashMap<>();
    switch (content) {
      case Pattern pattern -> {
        options.put("size", pattern.sizes().describe());
        if (!pattern.sizes().isFixed()) {
          options.put("seed", Long.toString(pattern.sizes().seed()));
        }
      }
      case FramedText framed -> options.put("message", framed.text().described());
      case RawText raw -> {
        options.put("raw", "true");
        options.put("message", raw.text().described());
      }
      case Request request -> {
        options.put("request", request.text().described());
        options.put("expect", String.join(" and ", request.reply().describe()));
      }
    }
    first.ifPresent(opening -> opening.describe(options));
    return options;
  }

  /** What every message holds. */
  public sealed interface Content {

    /** What these messages do not tell, for the notes of a run; empty if they tell everything. */
    String caveat();
  }

  /** A frame and a pattern, which an echo server sends back. */
  public record Pattern(MessageSizes sizes) implements Content {

    @Override
    public String caveat() {
      boolean cut =
          sizes.parts().stream().anyMatch(part -> part.leastBytes() < EchoFrame.HEADER_BYTES);
      return cut
          ? "--size under 12: a message has only the first bytes of its frame (number, connection),"
              + " and one that came reordered, twice, or from another connection may look right"
          : "";
    }
  }

  /** A frame and then a user's text, which an echo server sends back. */
  public record FramedText(WireText text) implements Content {

    public FramedText {
      requireSize("--message", text);
    }

    @Override
    public String caveat() {
      return "";
    }
  }

  /** A user's text and nothing else, which an echo server sends back. */
  public record RawText(WireText text) implements Content {

    public RawText {
      requireSize("--message", text);
    }

    @Override
    public String caveat() {
      return "--raw: every byte was compared, but messages are all alike: one that came reordered,"
          + " twice, or from another connection looks right";
    }
  }

  /** A user's text, which the target answers. */
  public record Request(WireText text, Expectation reply) implements Content {

    public Request {
      requireSize("--request", text);
    }

    @Override
    public String caveat() {
      return reply.caveat();
    }
  }

  /**
   * What is sent once on each connection, before any other message. It is no message of the load:
   * it is in no latency and no count of messages, but its bytes count, and what is wrong with its
   * reply.
   *
   * @param reply what has to come back before anything else is sent; empty to expect nothing
   */
  public record FirstMessage(WireText text, Optional<Expectation> reply) {

    public FirstMessage {
      requireSize("--first-message", text);
    }

    private void describe(Map<String, String> options) {
      options.put("first-message", text.described());
      options.put(
          "first-expect", reply.map(it -> String.join(" and ", it.describe())).orElse("nothing"));
    }
  }

  private static void requireSize(String option, WireText text) {
    if (text.size() < 1 || text.size() > MessageSizes.MOST_BYTES) {
      throw new InvalidPlanException(option, "%,d bytes".formatted(text.size()), "1 byte to 16m");
    }
  }
}
