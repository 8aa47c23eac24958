package myriad.cli;

import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What {@code serve} says to people: where it listens, and a line of counters, redrawn in place on
 * a terminal. Elsewhere a line is printed only when it differs from the last.
 */
final class ServeTextView implements ServeView {

  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final Supplier<OptionalInt> columns;
  private String shown = "";

  /**
   * Writes to {@code out}.
   *
   * @param columns width of the terminal that it is; empty if it is none
   */
  ServeTextView(PrintStream out, Supplier<OptionalInt> columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void ready(String variant, InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    out.printf(
        "%s listens on %s:%d (process %d); Ctrl-C stops it%n",
        variant,
        host.contains(":") ? "[" + host + "]" : host,
        address.getPort(),
        ProcessHandle.current().pid());
    out.flush();
  }

  @Override
  public void settled(OptionalLong heapBytes) {}

  @Override
  public void counters(Map<String, Long> counters) {
    String line = lineOf(counters);
    OptionalInt width = columns.get();
    if (width.isPresent()) {
      out.print(ERASE_LINE + line.substring(0, Math.min(line.length(), width.getAsInt() - 1)));
    } else if (!line.equals(shown)) {
      out.println(line);
    }
    shown = line;
    out.flush();
  }

  @Override
  public void stopped(Map<String, Long> counters, boolean graceful) {
    if (columns.get().isPresent()) {
      out.print(ERASE_LINE);
    }
    out.println(lineOf(counters));
    out.println(graceful ? "stopped" : "stopped; open connections were cut off");
    out.flush();
  }

  private static String lineOf(Map<String, Long> counters) {
    StringBuilder line = new StringBuilder();
    counters.forEach(
        (name, value) -> {
          String figure = name.contains("bytes") ? Figures.bytes(value) : Figures.count(value);
          line.append(line.isEmpty() ? "" : " · ").append(name.replace('_', ' ')).append(' ');
          line.append(figure);
        });
    return line.toString();
  }
}
