package myriad.results.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import myriad.results.Environment;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.SweepResult.Status;
import myriad.results.Verdict;
import myriad.results.compare.SweepComparison.Row;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;

/** Where sweeps are not alike, in words: each is a reason to mistrust a ratio between them. */
final class Differences {

  private static final String ABSENT = "none";

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> between(List<SweepResult> sweeps, List<Row> rows) {
    Differences differences = new Differences();
    differences.compareEnvironments(sweeps.stream().map(SweepResult::environment).toList());
    differences.comparePlans(rows);
    differences.noteWhatIsApart(sweeps.size(), rows);
    differences.noteWhatIsNotWhole(sweeps, rows);
    return differences.found;
  }

  private void compareEnvironments(List<Environment> hosts) {
    compare("the machine differs", hosts, Environment::hostName);
    compare(
        "the processor differs",
        hosts,
        host -> "%s, %d usable".formatted(host.cpuModel(), host.cpus()));
    compare("the memory differs", hosts, host -> Units.bytes((double) host.memoryBytes()));
    compare("the system differs", hosts, host -> host.os() + ", " + host.architecture());
    compare("the kernel differs", hosts, Environment::kernel);
    compare("the JDK differs", hosts, host -> host.javaVersion() + ", " + host.javaVendor());
    compare("Myriad differs", hosts, Environment::myriadVersion);
    Set<String> limits = new LinkedHashSet<>();
    hosts.forEach(host -> limits.addAll(host.limits().keySet()));
    for (String limit : limits) {
      compare(
          "the limit %s differs".formatted(limit),
          hosts,
          host -> host.limits().getOrDefault(limit, ABSENT));
    }
  }

  private <T> void compare(String what, List<T> sides, Function<T, String> value) {
    add(what, sides.stream().map(side -> Optional.of(value.apply(side))).toList());
  }

  /** Options of the load whose values differ within a row, each said once however many rows. */
  private void comparePlans(List<Row> rows) {
    Map<String, Set<List<Optional<String>>>> values = new LinkedHashMap<>();
    for (Row row : rows) {
      for (String option : options(row)) {
        values
            .computeIfAbsent(option, _ -> new LinkedHashSet<>())
            .add(row.groups().stream().map(group -> group.map(g -> planned(g, option))).toList());
      }
    }
    values.forEach(
        (option, sides) ->
            sides.forEach(side -> add("the plan differs in %s".formatted(option), side)));
  }

  private static Set<String> options(Row row) {
    return row.groups().stream()
        .flatMap(Optional::stream)
        .flatMap(group -> group.runs().getFirst().plan().keySet().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String planned(RunGroup group, String option) {
    return group.runs().getFirst().plan().getOrDefault(option, ABSENT);
  }

  /** Says {@code what} if those sides that have a value do not agree. */
  private void add(String what, List<Optional<String>> sides) {
    if (sides.stream().flatMap(Optional::stream).distinct().count() < 2) {
      return;
    }
    String values =
        IntStream.range(0, sides.size())
            .mapToObj(i -> sides.get(i).map(v -> SweepComparison.letter(i) + " " + v).orElse(null))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" · "));
    String line = what + ": " + values;
    if (!found.contains(line)) {
      found.add(line);
    }
  }

  private void noteWhatIsApart(int sweeps, List<Row> rows) {
    for (int i = 1; i < sweeps; i++) {
      int other = i;
      if (rows.stream()
          .map(Row::groups)
          .noneMatch(groups -> groups.getFirst().isPresent() && groups.get(other).isPresent())) {
        found.add(
            "%s and %s have no server under the same load in common: there is no ratio"
                .formatted(SweepComparison.letter(0), SweepComparison.letter(i)));
      }
    }
  }

  private void noteWhatIsNotWhole(List<SweepResult> sweeps, List<Row> rows) {
    for (int i = 0; i < sweeps.size(); i++) {
      String letter = SweepComparison.letter(i);
      if (sweeps.get(i).status() == Status.PARTIAL) {
        found.add(letter + " was interrupted or cut short: it is not all that was planned");
      }
      List<RunResult> runs = sweeps.get(i).runs();
      long notValid =
          runs.stream().filter(run -> run.verdict().kind() != Verdict.Kind.VALID).count();
      if (notValid > 0) {
        found.add(
            "%s: %d of %d runs are not VALID; they count only where a row has no valid one"
                .formatted(letter, notValid, runs.size()));
      }
    }
    if (rows.stream().anyMatch(Differences::isSingle)) {
      found.add("rows with a single run have no spread: what differs there may be noise");
    }
  }

  private static boolean isSingle(Row row) {
    return row.groups().stream().allMatch(Optional::isPresent)
        && row.groups().stream()
            .flatMap(Optional::stream)
            .anyMatch(group -> group.counted().size() == 1);
  }
}
