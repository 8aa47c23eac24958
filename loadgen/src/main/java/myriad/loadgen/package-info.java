/**
 * Load: a plan goes in, a result comes out.
 *
 * <p>{@link myriad.loadgen.LoadPlan} says everything; {@link myriad.loadgen.LoadRun} runs it once
 * on a group of Netty event loops. Each loop has a {@code LoadLoop} that owns its share of the
 * connections ({@code EchoConnection}, each over a {@code Wire}), of the schedule ({@code
 * ArrivalSchedule}) and of the recorders ({@code LatencyRecorder}); nothing is shared between loops
 * while messages flow. The run's own thread cuts intervals, watches the target's process and the
 * generator itself, and in the end {@code GeneratorHealth} says whether the figures describe the
 * target.
 */
@NullMarked
package myriad.loadgen;

import org.jspecify.annotations.NullMarked;
