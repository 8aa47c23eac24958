/**
 * What this host tells of itself and of its processes: readers of {@code /proc}. Nothing here knows
 * of load; every reader takes the root of {@code /proc}, so that tests can give it one of their
 * own.
 */
@NullMarked
package myriad.loadgen.host;

import org.jspecify.annotations.NullMarked;
