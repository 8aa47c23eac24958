/**
 * Figures of many sweeps over time, for tools that find when they changed. {@link
 * myriad.results.history.History} adds a sweep to a folder of CSV files, one a series.
 */
@NullMarked
package myriad.results.history;

import org.jspecify.annotations.NullMarked;
