package myriad.results.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import myriad.results.SweepResult;
import myriad.results.report.RunGroup;
import myriad.results.stats.Spread;

/**
 * Sweeps side by side: a row for each variant under each load, with what each sweep measured of it.
 *
 * @param sweeps the first is what the others are compared with
 * @param rows in the order of the first sweep, then of the others
 * @param differences in words: where the sweeps are not alike but for what is to be compared
 */
public record SweepComparison(List<SweepResult> sweeps, List<Row> rows, List<String> differences) {

  public SweepComparison {
    sweeps = List.copyOf(sweeps);
    rows = List.copyOf(rows);
    differences = List.copyOf(differences);
  }

  /**
   * One variant under one load.
   *
   * @param groups its repeats, one entry a sweep; empty where a sweep has none
   */
  public record Row(String variant, String load, List<Optional<RunGroup>> groups) {

    public Row {
      groups = List.copyOf(groups);
    }

    /** A figure in one of the sweeps. */
    public Optional<Spread> figure(ComparedFigure figure, int sweep) {
      return groups.get(sweep).flatMap(figure::of);
    }

    /** A figure of one of the sweeps against the first; empty where either lacks it. */
    public Optional<Change> change(ComparedFigure figure, int sweep) {
      Optional<Spread> first = figure(figure, 0).filter(found -> found.mid() > 0);
      return first.flatMap(
          base ->
              figure(figure, sweep)
                  .map(
                      other ->
                          Change.of(figure, base, other, Math.min(repeats(0), repeats(sweep)))));
    }

    private int repeats(int sweep) {
      return groups.get(sweep).map(group -> group.counted().size()).orElse(0);
    }
  }

  /** Runs that ask the same of the same variant; {@code ordinal} tells those apart that agree. */
  private record Key(String variant, int connections, OptionalDouble rate, int ordinal) {}

  public static SweepComparison of(List<SweepResult> sweeps) {
    Map<Key, List<Optional<RunGroup>>> groups = new LinkedHashMap<>();
    for (int i = 0; i < sweeps.size(); i++) {
      Map<Key, Integer> seen = new HashMap<>();
      for (RunGroup group : RunGroup.of(sweeps.get(i))) {
        Key first = key(group, 0);
        Key key = key(group, seen.merge(first, 1, Integer::sum) - 1);
        groups.computeIfAbsent(key, _ -> missing(sweeps.size())).set(i, Optional.of(group));
      }
    }
    List<Row> rows = groups.values().stream().map(SweepComparison::row).toList();
    return new SweepComparison(sweeps, rows, Differences.between(sweeps, rows));
  }

  private static Key key(RunGroup group, int ordinal) {
    return new Key(group.variant(), group.connectionsTarget(), group.offeredRate(), ordinal);
  }

  private static List<Optional<RunGroup>> missing(int sweeps) {
    List<Optional<RunGroup>> none = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      none.add(Optional.empty());
    }
    return none;
  }

  private static Row row(List<Optional<RunGroup>> groups) {
    RunGroup any = groups.stream().flatMap(Optional::stream).findFirst().orElseThrow();
    return new Row(any.serverName(), any.load(), groups);
  }

  /** What a sweep is called in a comparison: {@code A} for the first. */
  public static String letter(int sweep) {
    return sweep < 26 ? String.valueOf((char) ('A' + sweep)) : "#" + (sweep + 1);
  }
}
