package myriad.loadgen;

import java.util.EnumMap;
import java.util.Map;
import myriad.results.Counter;

/** The counters of one event loop since the run began. Written by that loop alone. */
@SuppressWarnings("EnumOrdinal") // an index of the moment, in the hot path; never stored
final class LoopCounters {

  private static final Counter[] COUNTERS = Counter.values();

  private final long[] values = new long[COUNTERS.length];

  void increment(Counter counter) {
    values[counter.ordinal()]++;
  }

  void add(Counter counter, long amount) {
    values[counter.ordinal()] += amount;
  }

  long errors() {
    long errors = 0;
    for (Counter counter : COUNTERS) {
      if (counter.isError()) {
        errors += values[counter.ordinal()];
      }
    }
    return errors;
  }

  Map<Counter, Long> copy() {
    Map<Counter, Long> copy = new EnumMap<>(Counter.class);
    for (Counter counter : COUNTERS) {
      if (values[counter.ordinal()] != 0) {
        copy.put(counter, values[counter.ordinal()]);
      }
    }
    return copy;
  }
}
