package myriad.cli;

import java.io.PrintStream;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What {@code serve --json} says: one JSON object a line. {@link ServerEvent} reads them back. The
 * streaming writer alone is used, as this runs within the server whose memory is measured.
 */
final class ServeJsonView implements ServeView {

  static final String READY = "ready";
  static final String SETTLED = "settled";
  static final String COUNTERS = "counters";
  static final String STOPPED = "stopped";
  static final String HEAP_BYTES = "heap_bytes";

  private final JsonFactory json = new JsonFactory();
  private final PrintStream out;

  ServeJsonView(PrintStream out) {
    this.out = out;
  }

  @Override
  public void ready(String variant, InetSocketAddress address) {
    line(
        READY,
        generator -> {
          generator.writeStringProperty("variant", variant);
          generator.writeStringProperty("host", address.getAddress().getHostAddress());
          generator.writeNumberProperty("port", address.getPort());
          generator.writeNumberProperty("pid", ProcessHandle.current().pid());
        });
  }

  @Override
  public void settled(OptionalLong heapBytes) {
    line(
        SETTLED,
        generator ->
            heapBytes.ifPresent(bytes -> generator.writeNumberProperty(HEAP_BYTES, bytes)));
  }

  @Override
  public void counters(Map<String, Long> counters) {
    line(COUNTERS, generator -> writeAll(counters, generator));
  }

  @Override
  public void stopped(Map<String, Long> counters, boolean graceful) {
    line(
        STOPPED,
        generator -> {
          generator.writeBooleanProperty("graceful", graceful);
          writeAll(counters, generator);
        });
  }

  private static void writeAll(Map<String, Long> counters, JsonGenerator generator) {
    counters.forEach(generator::writeNumberProperty);
  }

  private void line(String event, Consumer<JsonGenerator> properties) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), line)) {
      generator.writeStartObject();
      generator.writeStringProperty("event", event);
      properties.accept(generator);
      generator.writeEndObject();
    }
    out.println(line);
    out.flush();
  }
}
