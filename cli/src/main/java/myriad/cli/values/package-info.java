/** The values a user types: counts, sizes, times, rates, addresses. */
@NullMarked
package myriad.cli.values;

import org.jspecify.annotations.NullMarked;
