package myriad.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import myriad.server.ServerCounters;

/** A server's counters as flat names and numbers, as they stand in JSON lines and results. */
final class CounterNames {

  private static final String OPEN = "open";
  private static final String CLOSED = "closed_";
  private static final String ACCEPT_FAILED = "accept_failed_";

  private CounterNames() {}

  /** Every counter that is always of interest, then the reasons that occurred. */
  static Map<String, Long> flatten(ServerCounters.Snapshot counters) {
    Map<String, Long> flat = new LinkedHashMap<>();
    flat.put("accepted", counters.accepted());
    flat.put(OPEN, counters.open());
    flat.put("bytes_in", counters.bytesIn());
    flat.put("bytes_out", counters.bytesOut());
    flat.put("back_pressure_pauses", counters.backPressurePauses());
    putOccurred(flat, CLOSED, counters.closed());
    putOccurred(flat, ACCEPT_FAILED, counters.acceptFailures());
    return flat;
  }

  /**
   * How far each counter went from {@code before} to {@code after}. Connections that are open are
   * those of {@code after}; reasons that did not occur in between are left out.
   */
  static Map<String, Long> growth(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> growth = new LinkedHashMap<>();
    after.forEach(
        (name, value) -> {
          long grown = name.equals(OPEN) ? value : value - before.getOrDefault(name, 0L);
          boolean reason = name.startsWith(CLOSED) || name.startsWith(ACCEPT_FAILED);
          if (grown != 0 || !reason) {
            growth.put(name, grown);
          }
        });
    return growth;
  }

  private static <E extends Enum<E>> void putOccurred(
      Map<String, Long> flat, String prefix, Map<E, Long> counts) {
    new TreeMap<>(counts)
        .forEach(
            (kind, count) -> {
              if (count > 0) {
                flat.put(prefix + kind.name().toLowerCase(Locale.ROOT), count);
              }
            });
  }
}
