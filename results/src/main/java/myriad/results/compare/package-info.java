/**
 * Stored sweeps beside one another. {@link myriad.results.compare.SweepComparison} matches their
 * runs and says where they are not alike; it shows, and decides nothing.
 */
@NullMarked
package myriad.results.compare;

import org.jspecify.annotations.NullMarked;
