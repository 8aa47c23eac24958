package myriad.server;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToLongFunction;

/** What this JVM tells of itself, as one that serves. Safe for use by any thread. */
public final class ServerJvm {

  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getGarbageCollectorMXBeans();

  private static GcPauses askedFor = GcPauses.NONE;

  private ServerJvm() {}

  /** Pauses since the start, without those of {@link #heapBytesAfterCollection}. */
  public static synchronized GcPauses gcPauses() {
    return all().minus(askedFor);
  }

  /** Collects all garbage; bytes of heap in use afterwards. */
  public static synchronized long heapBytesAfterCollection() {
    GcPauses before = all();
    System.gc();
    askedFor = askedFor.plus(all().minus(before));
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static GcPauses all() {
    return new GcPauses(
        sum(GarbageCollectorMXBean::getCollectionCount),
        sum(GarbageCollectorMXBean::getCollectionTime));
  }

  private static long sum(ToLongFunction<GarbageCollectorMXBean> figure) {
    return COLLECTORS.stream().mapToLong(figure).filter(value -> value > 0).sum();
  }
}
