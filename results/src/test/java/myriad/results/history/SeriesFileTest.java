package myriad.results.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import myriad.results.ResultsException;
import myriad.results.compare.ComparedFigure;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Whatever stands in a history is read again as it was written, or refused in a line. */
class SeriesFileTest {

  private static final int TRIES = 10_000;
  private static final double SIX_DIGITS = 1e-5;
  private static final List<ComparedFigure> FIGURES =
      List.of(ComparedFigure.THROUGHPUT, ComparedFigure.P99);

  private static Path file = Path.of("");

  @BeforeContainer
  static void makeFolder() throws IOException {
    file = Files.createTempDirectory("history").resolve("series.csv");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(file.resolveSibling(""));
  }

  /** What was added in one sweep. */
  record Row(List<String> attributes, List<Double> values) {}

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.of(
                "a,b", "\"", "\r\n", "'x'", " padded ", "=1+1", "#", "-", "\ud83d\ude00"),
            Arbitraries.strings().withCharRange('\u0001', '\ud7ff').ofMinLength(1).ofMaxLength(8));
    Arbitrary<Double> value = Arbitraries.doubles().between(-1e300, 1e300);
    return Combinators.combine(
            text.list().ofSize(Series.ATTRIBUTES.size()), value.list().ofSize(FIGURES.size()))
        .as(Row::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void whatIsAddedIsReadAgain(@ForAll("rows") List<Row> rows) throws IOException {
    SeriesFile written = SeriesFile.open(file.resolveSibling("none.csv"), FIGURES);
    rows.forEach(row -> written.add(row.attributes, row.values));
    Files.writeString(file, written.text());

    SeriesFile read = SeriesFile.open(file, List.of());

    assertThat(read.figures()).isEqualTo(FIGURES);
    assertThat(read.text()).isEqualTo(written.text());
    for (Row row : rows) {
      assertThat(read.has(row.attributes.get(0), row.attributes.get(1), row.attributes.get(4)))
          .as("%s in %s", row, read.text())
          .isTrue();
    }
  }

  /** As the readers of such files do it: every row as long as the header, every figure a number. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void everyCellOfAFigureIsANumber(@ForAll("rows") List<Row> rows) throws IOException {
    SeriesFile written = SeriesFile.open(file.resolveSibling("none.csv"), FIGURES);
    rows.forEach(row -> written.add(row.attributes, row.values));

    try (CSVParser csv = CSVParser.parse(written.text(), CSVFormat.RFC4180)) {
      List<List<String>> lines = csv.stream().map(line -> List.of(line.values())).toList();
      assertThat(lines).hasSize(rows.size() + 1).allMatch(line -> line.size() == 8);
      assertThat(lines.stream().skip(1).map(line -> Double.parseDouble(line.get(6))).sorted())
          .usingElementComparator((a, b) -> Math.abs(a - b) <= SIX_DIGITS * Math.abs(b) ? 0 : 1)
          .containsExactlyElementsOf(
              rows.stream().map(row -> row.values.getFirst()).sorted().toList());
    }
  }

  @Provide
  Arbitrary<byte[]> almostSeries() {
    List<String> pieces =
        List.of(
            "time,run,commit,myriad,host,plan,msgs_per_s,response_p99_us",
            "2026-11-22 12:00:00 +0000,r,c,0.1.0,h,p,1,2",
            "\r\n",
            "\n",
            ",",
            "\"",
            "\"\"",
            "msgs_per_s",
            "1e309",
            "-1",
            "NaN",
            "0x1",
            "\0",
            "\ufeff",
            " ");
    Arbitrary<byte[]> joined =
        Arbitraries.of(pieces)
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(joined, damaged());
  }

  /** A few bytes of a history changed, and perhaps its end cut off. */
  private static Arbitrary<byte[]> damaged() {
    byte[] honest =
        """
        time,run,commit,myriad,host,plan,msgs_per_s,response_p99_us\r
        2026-11-22 12:00:00 +0000,20261122-120000-bench,abc,0.1.0,h,p,123456,12.3\r
        2026-11-23 12:00:00 +0000,"a ""quoted"", one",abc,0.1.0,h,p,123,0.001\r
        """
            .getBytes(StandardCharsets.UTF_8);
    Arbitrary<Integer> place = Arbitraries.integers().between(0, honest.length - 1);
    Arbitrary<List<Map.Entry<Integer, Byte>>> changes =
        Combinators.combine(place, Arbitraries.bytes()).as(Map::entry).list().ofMaxSize(3);
    return Combinators.combine(changes, Arbitraries.integers().between(1, honest.length))
        .as(
            (where, end) -> {
              byte[] copy = Arrays.copyOf(honest, honest.length);
              where.forEach(change -> copy[change.getKey()] = change.getValue());
              return Arrays.copyOf(copy, end);
            });
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void anyFileIsReadOrRefusedAndLeftAsItIs(@ForAll("almostSeries") byte[] content)
      throws IOException {
    Files.write(file, content);
    try {
      SeriesFile read = SeriesFile.open(file, FIGURES);
      assertThat(read.figures()).isNotEmpty();
      assertThat(read.text()).startsWith("time,run,commit,myriad,host,plan,");
    } catch (ResultsException refused) {
      assertThat(refused.getMessage()).startsWith("cannot read " + file).hasLineCount(1);
      assertThat(refused.problem()).isEqualTo(ResultsException.Problem.UNREADABLE);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(content);
  }
}
