package myriad.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import myriad.server.GcPauses;
import myriad.server.RunningServer;
import myriad.server.ServerJvm;
import myriad.server.SharedPortServer;

/** What the JVM of a server tells of itself, or the JVMs of one that has several, together. */
final class JvmCounters {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private JvmCounters() {}

  /** Pauses for collections since the start, and their length; without those asked for here. */
  static Map<String, Long> read(RunningServer server) {
    GcPauses pauses =
        server instanceof SharedPortServer shared ? shared.gcPauses() : ServerJvm.gcPauses();
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("gc_pauses", pauses.count());
    counters.put("gc_pause_ms", pauses.millis());
    return counters;
  }

  /** Collects all garbage; bytes of heap in use afterwards, if the JVMs that serve all tell. */
  static OptionalLong heapBytesAfterCollection(RunningServer server) {
    long heapBytes = ServerJvm.heapBytesAfterCollection();
    return server instanceof SharedPortServer shared
        ? shared.heapBytesAfterCollection(ANSWER_LIMIT)
        : OptionalLong.of(heapBytes);
  }
}
