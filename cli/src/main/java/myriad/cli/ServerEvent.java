package myriad.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One line of {@code serve --json}, read back; see {@link ServeJsonView}. */
sealed interface ServerEvent {

  record Ready(InetSocketAddress address, long pid) implements ServerEvent {}

  /**
   * Garbage was collected.
   *
   * @param heapBytes in use afterwards; empty for a server of several processes
   */
  record Settled(OptionalLong heapBytes) implements ServerEvent {}

  /**
   * Counters of the server, live or final.
   *
   * @param counters by name; see {@link CounterNames}
   */
  record Counters(Map<String, Long> counters) implements ServerEvent {}

  ObjectMapper JSON = new ObjectMapper();

  /**
   * The event in {@code line}.
   *
   * @throws IllegalArgumentException if it holds none
   */
  static ServerEvent parse(String line) {
    try {
      JsonNode event = JSON.readTree(line);
      return switch (event.path("event").asString("")) {
        case ServeJsonView.READY -> ready(event);
        case ServeJsonView.SETTLED -> settled(event);
        case ServeJsonView.COUNTERS, ServeJsonView.STOPPED -> counters(event);
        default -> throw new IllegalArgumentException("no event of this name");
      };
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not an event of a server: " + line, e);
    }
  }

  private static Ready ready(JsonNode event) {
    InetAddress host = InetAddress.ofLiteral(event.path("host").asString(""));
    return new Ready(
        new InetSocketAddress(host, event.required("port").intValue()),
        event.required("pid").longValue());
  }

  private static Settled settled(JsonNode event) {
    JsonNode bytes = event.path(ServeJsonView.HEAP_BYTES);
    return new Settled(
        bytes.isIntegralNumber() ? OptionalLong.of(bytes.longValue()) : OptionalLong.empty());
  }

  private static Counters counters(JsonNode event) {
    Map<String, Long> counters = new LinkedHashMap<>();
    event.forEachEntry(
        (name, value) -> {
          if (value.isIntegralNumber()) {
            counters.put(name, value.longValue());
          }
        });
    return new Counters(counters);
  }
}
