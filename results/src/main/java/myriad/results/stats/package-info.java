/** Statistics of results, as pure functions. */
@NullMarked
package myriad.results.stats;

import org.jspecify.annotations.NullMarked;
