package myriad.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import myriad.results.SampleSweep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CSV.md tells users of the columns is what the files have, in their order. */
class CsvDocumentTest {

  private static final Path DOCUMENT = Path.of("CSV.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_…]+)` \\| [^|]*\\| [^|]+ \\|");

  /** Columns of which there is one a counter, or one an option. */
  private static final List<String> FAMILIES = List.of("errors_", "plan_");

  @ParameterizedTest
  @CsvSource({"csv,summary.csv", "intervals-csv,intervals.csv"})
  void everyColumnIsDocumentedAndNoOther(String format, String section) throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    Reporters.named(format).orElseThrow().write(SampleSweep.small(), csv);
    String header = csv.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();

    assertThat(documented(section))
        .isEqualTo(
            List.of(header.split(",", -1)).stream()
                .map(CsvDocumentTest::family)
                .distinct()
                .toList());
  }

  private static String family(String column) {
    Optional<String> family = FAMILIES.stream().filter(column::startsWith).findFirst();
    return family.map(prefix -> prefix + "…").orElse(column);
  }

  private static List<String> documented(String section) throws IOException {
    String text = Files.readString(DOCUMENT);
    String from = text.substring(text.indexOf("## " + section));
    int next = from.indexOf("\n## ", 1);
    String part = next < 0 ? from : from.substring(0, next);
    return part.lines()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .map(row -> row.group(1))
        .toList();
  }
}
