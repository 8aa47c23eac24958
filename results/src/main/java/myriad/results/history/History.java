package myriad.results.history;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import myriad.results.ResultsException;
import myriad.results.RunResult;
import myriad.results.SweepResult;
import myriad.results.Verdict;
import myriad.results.WholeFile;
import myriad.results.compare.ComparedFigure;
import myriad.results.report.RunGroup;
import myriad.results.stats.Spread;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder that follows figures over time. For each variant under each load it has a CSV file with
 * a row a sweep, as Apache Otava reads them, and {@code otava.yaml} that names them all; of the
 * sweep that was added last, {@code bigger-is-better.json} and {@code smaller-is-better.json}, as
 * github-action-benchmark reads them.
 *
 * <p>Only valid runs are followed; of repeats, the median.
 */
public final class History {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx").withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String CSV = ".csv";

  private final Path folder;

  /**
   * A folder that may not be there yet.
   *
   * @param folder made when something is added
   */
  public History(Path folder) {
    this.folder = folder;
  }

  /**
   * Adds what is not in the history yet.
   *
   * @param commit of what was measured; {@code -} if it is not known
   * @return what was done, a line a variant under a load
   * @throws ResultsException if a file is in the way that is none of a history, which is left as it
   *     is; or if the folder cannot be read or written
   */
  public List<String> add(SweepResult sweep, String commit) throws IOException {
    create();
    List<String> done = new ArrayList<>();
    Map<String, RunGroup> series = new LinkedHashMap<>();
    for (RunGroup group : RunGroup.of(sweep)) {
      RunGroup other = series.get(Series.name(group));
      if (!isFollowed(group)) {
        done.add(Series.title(group) + ": no valid run, left out");
      } else if (other != null) {
        done.add(
            "%s: left out, as its series has another of this sweep, which differs in %s"
                .formatted(Series.title(group), Series.differences(other, group)));
      } else {
        series.put(Series.name(group), group);
      }
    }
    for (Map.Entry<String, RunGroup> entry : series.entrySet()) {
      done.add(Series.title(entry.getValue()) + ": " + add(entry, sweep, commit));
    }
    writeOtava();
    writeLatest("bigger-is-better.json", sweep, series, true);
    writeLatest("smaller-is-better.json", sweep, series, false);
    return done;
  }

  private static List<String> withoutTime() {
    return Series.ATTRIBUTES.subList(1, Series.ATTRIBUTES.size());
  }

  private void create() throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw ResultsException.writing(folder, e);
    }
  }

  private static boolean isFollowed(RunGroup group) {
    return group.counted().stream()
        .anyMatch(
            run ->
                run.outcome() == RunResult.Outcome.COMPLETE
                    && run.verdict().kind() == Verdict.Kind.VALID);
  }

  private String add(Map.Entry<String, RunGroup> series, SweepResult sweep, String commit)
      throws IOException {
    RunGroup group = series.getValue();
    SeriesFile file = SeriesFile.open(folder.resolve(series.getKey() + CSV), Series.figures(group));
    String time = TIME.format(sweep.startedAt());
    String host = sweep.environment().hostName();
    if (file.has(time, sweep.runId(), host)) {
      return "there already";
    }
    String plan = Series.plan(group);
    if (!file.isOf(plan)) {
      return "left out, as its series is of a load with other options; choose another folder with"
          + " --out";
    }
    List<Double> values = new ArrayList<>();
    for (ComparedFigure figure : file.figures()) {
      Optional<Spread> value = figure.of(group);
      if (value.isEmpty()) {
        return "left out, as it lacks %s, which the series has".formatted(figure.column());
      }
      values.add(value.get().mid());
    }
    file.add(
        List.of(time, sweep.runId(), commit, sweep.environment().myriadVersion(), host, plan),
        values);
    file.write();
    return "added";
  }

  /** An entry of github-action-benchmark. */
  private record Benchmark(String name, String unit, double value, String range, String extra) {}

  private void writeLatest(
      String name, SweepResult sweep, Map<String, RunGroup> series, boolean biggerIsBetter)
      throws IOException {
    List<Benchmark> benchmarks = new ArrayList<>();
    for (RunGroup group : series.values()) {
      for (ComparedFigure figure : Series.figures(group)) {
        if (figure.moreIsBetter() == biggerIsBetter) {
          benchmarks.add(
              new Benchmark(
                  Series.title(group) + ": " + figure.label(),
                  figure.unit(),
                  figure.of(group).orElseThrow().mid(),
                  Series.range(group, figure),
                  "%s, median of %d".formatted(sweep.runId(), group.counted().size())));
        }
      }
    }
    WholeFile.write(folder.resolve(name), JSON.writeValueAsBytes(benchmarks));
  }

  /** Over all series of the folder, those of earlier sweeps too. */
  private void writeOtava() throws IOException {
    StringBuilder yaml = new StringBuilder("tests:\n");
    for (Path file : seriesFiles()) {
      List<ComparedFigure> figures = figuresOf(file);
      if (figures.isEmpty()) {
        continue;
      }
      String fileName = String.valueOf(file.getFileName());
      yaml.append("  '%s':\n".formatted(fileName.substring(0, fileName.length() - CSV.length())))
          .append("    type: csv\n")
          .append("    file: '%s'\n".formatted(file.toString().replace("'", "''")))
          .append("    time_column: time\n")
          .append("    attributes: [%s]\n".formatted(String.join(", ", withoutTime())))
          .append("    metrics:\n");
      for (ComparedFigure figure : figures) {
        yaml.append(
            "      %s: {direction: %d}\n"
                .formatted(figure.column(), figure.moreIsBetter() ? 1 : -1));
      }
    }
    WholeFile.write(folder.resolve("otava.yaml"), yaml.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Empty for a CSV file of somebody else. */
  private static List<ComparedFigure> figuresOf(Path file) {
    try {
      return SeriesFile.open(file, List.of()).figures();
    } catch (ResultsException _) {
      return List.of();
    }
  }

  private List<Path> seriesFiles() throws ResultsException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + CSV)) {
      files.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw ResultsException.reading(folder, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw ResultsException.reading(folder, e);
    }
    Collections.sort(found);
    return found;
  }
}
