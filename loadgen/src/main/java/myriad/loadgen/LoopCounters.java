package myriad.loadgen;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import myriad.results.Counter;

/** The counters of one event loop since the run began. Written by that loop alone. */
@SuppressWarnings("EnumOrdinal") // an index of the moment, in the hot path; never stored
final class LoopCounters {

  private static final Counter[] COUNTERS = Counter.values();

  private final long[] values = new long[COUNTERS.length];
  private final Map<Counter, FirstError> firstErrors = new EnumMap<>(Counter.class);

  void increment(Counter counter) {
    add(counter, 1);
  }

  /** Counts what is no error; {@link #error} counts those. */
  void add(Counter counter, long amount) {
    assert !counter.isError() : counter;
    values[counter.ordinal()] += amount;
  }

  /**
   * Counts an error; the first of its kind is kept as an example.
   *
   * @param connection id of the connection that met it
   * @param example what the system said, or what was found; asked for only if it is the first
   */
  void error(Counter kind, long amount, int connection, Supplier<String> example) {
    assert kind.isError() : kind;
    if (values[kind.ordinal()] == 0) {
      String line = example.get().replaceAll("\\s+", " ").strip();
      firstErrors.put(kind, new FirstError(System.nanoTime(), connection, line));
    }
    values[kind.ordinal()] += amount;
  }

  Map<Counter, FirstError> firstErrors() {
    return Map.copyOf(firstErrors);
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
