package myriad.loadgen;

import java.util.Map;
import myriad.results.Counter;

/**
 * What a loop hands over when an interval ends.
 *
 * @param measured latencies of the interval that belong to the measured phase, and of connects
 * @param outside latencies of the interval that do not
 * @param counters since the run began
 * @param errors since the run began
 * @param firstErrors the first of each kind since the run began
 * @param connections how they stand
 * @param echoed messages echoed whole since the run began
 * @param echoedInWindow messages of these echoed within the measured phase
 */
record LoopSnapshot(
    LatencyRecorder measured,
    LatencyRecorder outside,
    Map<Counter, Long> counters,
    long errors,
    Map<Counter, FirstError> firstErrors,
    ConnectStatus connections,
    long echoed,
    long echoedInWindow) {}
