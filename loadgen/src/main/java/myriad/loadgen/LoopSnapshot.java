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
 * @param echoedInWindow messages of the load echoed within the measured phase
 * @param neverCameBack messages due in the measured phase that did not come back before the run, or
 *     their connection, ended; {@code measured} has how long each had waited by then
 * @param lost messages due in the measured phase that were under way on a connection that ended
 */
record LoopSnapshot(
    LatencyRecorder measured,
    LatencyRecorder outside,
    Map<Counter, Long> counters,
    long errors,
    Map<Counter, FirstError> firstErrors,
    ConnectStatus connections,
    long echoed,
    long echoedInWindow,
    long neverCameBack,
    long lost) {}
