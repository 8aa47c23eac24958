package myriad.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** What this JVM tells of itself, as a server. */
final class JvmCounters {

  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getGarbageCollectorMXBeans();

  private JvmCounters() {}

  /** Pauses for collections since the start, and their length together. */
  static Map<String, Long> read() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("gc_pauses", sum(GarbageCollectorMXBean::getCollectionCount));
    counters.put("gc_pause_ms", sum(GarbageCollectorMXBean::getCollectionTime));
    return counters;
  }

  /** Collects all garbage; bytes of heap in use afterwards. */
  static OptionalLong heapBytesAfterCollection() {
    System.gc();
    return OptionalLong.of(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private static long sum(ToLongFunction<GarbageCollectorMXBean> figure) {
    return COLLECTORS.stream().mapToLong(figure).filter(value -> value > 0).sum();
  }
}
