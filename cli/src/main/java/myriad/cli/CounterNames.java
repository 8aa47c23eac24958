package myriad.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import myriad.server.ServerCounters;

/** A server's counters as flat names and numbers, as they stand in JSON lines and results. */
final class CounterNames {

  private CounterNames() {}

  /** Every counter that is always of interest, then the reasons that occurred. */
  static Map<String, Long> flatten(ServerCounters.Snapshot counters) {
    Map<String, Long> flat = new LinkedHashMap<>();
    flat.put("accepted", counters.accepted());
    flat.put("open", counters.open());
    flat.put("bytes_in", counters.bytesIn());
    flat.put("bytes_out", counters.bytesOut());
    flat.put("back_pressure_pauses", counters.backPressurePauses());
    putOccurred(flat, "closed_", counters.closed());
    putOccurred(flat, "accept_failed_", counters.acceptFailures());
    return flat;
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
