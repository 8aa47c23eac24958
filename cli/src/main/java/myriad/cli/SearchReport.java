package myriad.cli;

import com.github.freva.asciitable.ColumnData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import myriad.cli.CapacitySearch.Outcome;
import myriad.cli.CapacitySearch.Try;
import myriad.cli.SearchCommand.Over;
import myriad.results.LatencyKind;
import myriad.results.LatencySummary;
import myriad.results.RunResult;
import myriad.results.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a search tried and found, for people and for programs. */
final class SearchReport {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String objective;
  private final Over over;
  private final SearchResult found;
  private final List<Optional<RunResult>> runs;

  /**
   * A report.
   *
   * @param runs of the tries, in order; empty for one that could not be run
   */
  SearchReport(String objective, Over over, SearchResult found, List<Optional<RunResult>> runs) {
    this.objective = objective;
    this.over = over;
    this.found = found;
    this.runs = List.copyOf(runs);
  }

  /**
   * A try.
   *
   * @param detail what was found
   */
  private record Row(Try tried, @Nullable RunResult run, String detail) {}

  /**
   * The tries in their order, then what was found and why it is not more.
   *
   * @param width of the terminal; where the table is wider, what was found is told below it
   */
  String render(OptionalInt width) {
    List<ColumnData<Row>> columns = new ArrayList<>(figures());
    columns.add(TextTable.words("FOUND", Row::detail));
    String wide = TextTable.render(rows(), columns);
    String tries =
        TextTable.fits(wide, width)
            ? wide
            : TextTable.render(rows(), figures())
                + "\n\n"
                + WrappedText.wrap(rows().stream().map(SearchReport::found).toList(), width);
    return tries + "\n\n" + WrappedText.wrap(List.of(conclusion()), width);
  }

  private static String found(Row row) {
    return "%s at %s, try %d: %s"
        .formatted(
            row.tried.step().name().toLowerCase(Locale.ROOT),
            Figures.count(row.tried.value()),
            row.tried.attempt(),
            row.detail());
  }

  /** What the command ends with. */
  Ending ending() {
    return new Ending(found.exitCode(), conclusion());
  }

  /** In a sentence, what was found. */
  String conclusion() {
    String unit = over == Over.RATE ? " messages/s" : " connections";
    String met =
        found.confirmed() > 0
            ? "%s%s%s meet %s, confirmed by longer runs"
                .formatted(
                    found.ending() == SearchResult.Ending.GENERATOR ? "at least " : "",
                    Figures.count(found.confirmed()),
                    unit,
                    objective)
            : found.best() > 0
                ? "%s%s met %s, not confirmed"
                    .formatted(Figures.count(found.best()), unit, objective)
                : "%s was met %s"
                    .formatted(
                        objective, wasMet() ? "in a step, and confirmed nowhere" : "nowhere");
    String miss = found.lastMiss();
    return switch (found.ending()) {
      case TARGET -> met + "; the target ended the search: " + miss;
      case GENERATOR -> met + "; the generator or the host ended the search: " + miss;
      case UNREACHABLE, HOST_LIMIT -> {
        String why = found.tries().getLast().detail();
        yield found.best() > 0 ? met + "; then " + why : why;
      }
      case LIMIT -> met + "; no more was asked for (--to)";
      case INTERRUPTED -> met + "; interrupted" + (miss.isEmpty() ? "" : ", missed " + miss);
    };
  }

  private boolean wasMet() {
    return found.tries().stream().anyMatch(made -> made.outcome() == Outcome.MET);
  }

  /** The content of {@code search.json}. */
  byte[] json() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("formatVersion", 1);
    content.put("objective", objective);
    content.put("over", over.name().toLowerCase(Locale.ROOT));
    content.put("confirmed", found.confirmed());
    content.put("best", found.best());
    content.put("ending", found.ending());
    content.put("conclusion", conclusion());
    content.put("tries", found.tries());
    return MAPPER.writeValueAsBytes(content);
  }

  /** A reason is long, and often that of many tries: only its headline is told again. */
  private List<Row> rows() {
    Set<String> told = new HashSet<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < found.tries().size(); i++) {
      Try tried = found.tries().get(i);
      RunResult run = runs.get(i).orElse(null);
      String detail = tried.detail();
      for (String reason : run == null ? List.<String>of() : run.verdict().reasons()) {
        String headline = Verdict.headline(reason);
        detail = told.add(headline) ? detail : detail.replace(reason, headline);
      }
      rows.add(new Row(tried, run, detail));
    }
    return rows;
  }

  private List<ColumnData<Row>> figures() {
    return List.of(
        TextTable.words("STEP", row -> row.tried.step().name().toLowerCase(Locale.ROOT)),
        TextTable.figure(
            over == Over.RATE ? "RATE" : "CONNS", row -> Figures.count(row.tried.value())),
        TextTable.figure("TRY", row -> Figures.count(row.tried.attempt())),
        TextTable.figure("MSG/S", figure(run -> Figures.rate(run.messagesPerSecond()))),
        TextTable.figure("P50", response(LatencySummary::p50Ns)),
        TextTable.figure("P99", response(LatencySummary::p99Ns)),
        TextTable.figure("MAX", response(LatencySummary::maxNs)),
        TextTable.words("OBJECTIVE", row -> row.tried.outcome().name()));
  }

  private static Function<Row, String> figure(Function<RunResult, String> cell) {
    return row ->
        row.run == null || row.run.measured().isZero() ? Figures.NONE : cell.apply(row.run);
  }

  private static Function<Row, String> response(ToLongFunction<LatencySummary> nanos) {
    return figure(
        run -> {
          LatencySummary response = run.latency().get(LatencyKind.RESPONSE);
          return response == null || response.count() == 0
              ? Figures.NONE
              : Figures.latency(nanos.applyAsLong(response));
        });
  }
}
