package myriad.cli;

import java.util.Map;
import java.util.OptionalLong;
import myriad.loadgen.TargetHeap;
import org.jspecify.annotations.Nullable;

/**
 * What a server counted in one run: it counts from its start on, through priming and earlier runs.
 * The load asks for the heap before its first connection, which is when a run begins. Used by one
 * thread.
 */
final class RunCounters implements TargetHeap {

  private final TargetServer server;
  private @Nullable Map<String, Long> before;

  RunCounters(TargetServer server) {
    this.server = server;
  }

  @Override
  public OptionalLong collect() {
    OptionalLong heapBytes = VariantRun.heapOf(server);
    if (before == null) {
      before = server.counters();
    }
    return heapBytes;
  }

  /** As far as the server has told. */
  Map<String, Long> ofRun() {
    return CounterNames.growth(before == null ? Map.of() : before, server.counters());
  }
}
