package myriad.results.report.html;

import java.util.Optional;
import java.util.function.DoubleFunction;
import myriad.results.report.Units;
import myriad.results.report.html.HtmlTable.Cell;
import myriad.results.stats.Spread;

/** Cells with figures. */
final class Cells {

  private static final double WORTH_SHOWING = 0.005;

  private Cells() {}

  static Cell count(long count) {
    return Cell.figure((double) count, Units.whole(count));
  }

  static Cell nanos(double nanos) {
    return Cell.figure(nanos, Units.nanos(nanos));
  }

  /** The median of the repeats. */
  static Cell median(Optional<Spread> spread, DoubleFunction<String> text) {
    return spread
        .map(found -> Cell.figure(found.mid(), Html.escape(text.apply(found.mid()))))
        .orElseGet(Cell::none);
  }

  /** The median of the repeats, and half their range as a share of it. */
  static Cell medianAndSpread(Optional<Spread> spread, DoubleFunction<String> text) {
    return spread
        .filter(found -> found.relative() >= WORTH_SHOWING)
        .map(
            found ->
                Cell.figure(
                    found.mid(),
                    "%s <span class=\"spread\">±%.0f %%</span>"
                        .formatted(Html.escape(text.apply(found.mid())), 100 * found.relative())))
        .orElseGet(() -> median(spread, text));
  }
}
