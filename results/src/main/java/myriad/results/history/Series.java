package myriad.results.history;

import java.util.List;
import java.util.Locale;
import myriad.results.compare.ComparedFigure;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;

/** One variant under one load, followed over time: the content of one CSV file. */
final class Series {

  /** What every series begins with; the figures follow. */
  static final List<String> ATTRIBUTES = List.of("time", "run", "commit", "myriad", "host");

  private static final int MAX_NAME_LENGTH = 80;

  private Series() {}

  /** A plain file name without its end: {@code epoll-c1000}, {@code epoll-c1000-r10000}. */
  static String name(RunGroup group) {
    String rate =
        group.offeredRate().isPresent()
            ? "-r" + String.format(Locale.ROOT, "%.0f", group.offeredRate().getAsDouble())
            : "";
    String variant = group.name().replaceAll("[^A-Za-z0-9_-]+", "_");
    String shortened =
        variant.length() <= MAX_NAME_LENGTH ? variant : variant.substring(0, MAX_NAME_LENGTH);
    return shortened + "-c" + group.connectionsTarget() + rate;
  }

  /** In words, for people. */
  static String title(RunGroup group) {
    return group.name() + ", " + group.load();
  }

  static List<ComparedFigure> figures(RunGroup group) {
    return ComparedFigure.all().stream().filter(figure -> figure.of(group).isPresent()).toList();
  }

  /** How far the repeats lie apart, as {@code ± 3 %}. */
  static String range(RunGroup group, ComparedFigure figure) {
    return figure.of(group).map(spread -> "± " + Units.percent(spread.relative())).orElse("");
  }
}
