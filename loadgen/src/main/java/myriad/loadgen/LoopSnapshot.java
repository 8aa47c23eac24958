package myriad.loadgen;

import java.util.Map;
import myriad.results.Counter;

/**
 * What a loop hands over when an interval ends.
 *
 * @param measured latencies of the interval that belong to the measured phase
 * @param outside latencies of the interval that do not
 * @param counters since the run began
 * @param errors since the run began
 * @param attempted connects begun
 * @param open connections established now
 * @param served connections of these on which an echo came back
 * @param failed connects that failed
 * @param lost connections that ended before the load ended them
 * @param echoed messages echoed whole since the run began
 * @param echoedInWindow messages of these echoed within the measured phase
 */
record LoopSnapshot(
    LatencyRecorder measured,
    LatencyRecorder outside,
    Map<Counter, Long> counters,
    long errors,
    long attempted,
    int open,
    int served,
    long failed,
    long lost,
    long echoed,
    long echoedInWindow) {}
