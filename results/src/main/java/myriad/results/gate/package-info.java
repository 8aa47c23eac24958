/**
 * Judgement on results. {@link myriad.results.gate.Threshold} holds one run against an absolute
 * value; {@link myriad.results.gate.GateDecision} decides between two servers that were measured in
 * pairs. Both give {@link myriad.results.Check}s, which reports show and exit codes follow.
 */
@NullMarked
package myriad.results.gate;

import org.jspecify.annotations.NullMarked;
