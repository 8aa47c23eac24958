package myriad.results.report;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a CSV file.
 *
 * @param value the cell of a row; null where the row has no such figure, which is an empty cell
 */
record Column<R>(String name, Function<R, @Nullable Object> value) {}
