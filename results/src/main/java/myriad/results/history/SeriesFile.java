package myriad.results.history;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.ResultsException;
import myriad.results.WholeFile;
import myriad.results.compare.ComparedFigure;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;

/**
 * A CSV file with a row a sweep, in the order of time, every cell of which is filled: the readers
 * of such files take an empty cell for an error. The first row decides which figures the file has.
 */
final class SeriesFile {

  private static final long MAX_BYTES = 64L << 20;
  private static final MathContext DIGITS = new MathContext(6);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Map<String, ComparedFigure> FIGURES =
      ComparedFigure.all().stream()
          .collect(Collectors.toUnmodifiableMap(ComparedFigure::column, figure -> figure));

  private final Path path;
  private final List<ComparedFigure> figures;
  private final List<List<String>> rows;

  private SeriesFile(Path path, List<ComparedFigure> figures, List<List<String>> rows) {
    this.path = path;
    this.figures = figures;
    this.rows = rows;
  }

  /**
   * Reads the file, or begins one.
   *
   * @param figures of a file that is not there yet
   * @throws ResultsException if it is there, and not what {@link #write} wrote
   */
  static SeriesFile open(Path path, List<ComparedFigure> figures) throws ResultsException {
    if (!Files.exists(path)) {
      return new SeriesFile(path, figures, new ArrayList<>());
    }
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new IllegalArgumentException("larger than any history of Myriad");
      }
      return parse(path);
    } catch (CharacterCodingException e) {
      throw foreign(path, "not text in UTF-8", e);
    } catch (IOException | UncheckedIOException e) {
      throw ResultsException.reading(path, String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw foreign(path, String.valueOf(e.getMessage()), e);
    }
  }

  private static ResultsException foreign(Path path, String reason, Exception cause) {
    return ResultsException.reading(
        path, reason + "; move it away, or choose another folder with --out", cause);
  }

  private static SeriesFile parse(Path path) throws IOException {
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8);
        CSVParser parser = CSVFormat.RFC4180.parse(reader)) {
      List<List<String>> rows = parser.stream().map(row -> List.of(row.values())).toList();
      List<String> header = rows.isEmpty() ? List.of() : rows.getFirst();
      int attributes = Series.ATTRIBUTES.size();
      if (header.size() <= attributes
          || !header.subList(0, attributes).equals(Series.ATTRIBUTES)
          || rows.stream().anyMatch(row -> row.size() != header.size())
          || !rows.stream().skip(1).allMatch(SeriesFile::isFilled)) {
        throw new IllegalArgumentException("not a history of Myriad, or damaged");
      }
      List<ComparedFigure> figures =
          header.subList(attributes, header.size()).stream().map(SeriesFile::figure).toList();
      return new SeriesFile(path, figures, new ArrayList<>(rows.subList(1, rows.size())));
    }
  }

  private static boolean isFilled(List<String> row) {
    return row.subList(Series.ATTRIBUTES.size(), row.size()).stream()
        .allMatch(
            cell -> NUMBER.matcher(cell).matches() && Double.isFinite(Double.parseDouble(cell)));
  }

  private static ComparedFigure figure(String column) {
    ComparedFigure figure = FIGURES.get(column);
    if (figure == null) {
      throw new IllegalArgumentException(
          "not a history of Myriad, or damaged: no figure is called '%s'".formatted(column));
    }
    return figure;
  }

  List<ComparedFigure> figures() {
    return figures;
  }

  /** Whether it has a row of that sweep: two hosts may begin one in the same second. */
  boolean has(String time, String run, String host) {
    return rows.stream()
        .anyMatch(
            row ->
                attribute(row, "time").equals(time)
                    && attribute(row, "run").equals(run)
                    && attribute(row, "host").equals(host));
  }

  /** Whether its rows, if it has any, are of that load. */
  boolean isOf(String plan) {
    return rows.stream().allMatch(row -> attribute(row, "plan").equals(plan));
  }

  private static String attribute(List<String> row, String name) {
    return row.get(Series.ATTRIBUTES.indexOf(name));
  }

  /**
   * Adds a row.
   *
   * @param attributes one each of {@link Series#ATTRIBUTES}; the time sorts as text
   * @param values one each of {@link #figures}
   */
  void add(List<String> attributes, List<Double> values) {
    rows.add(Stream.concat(attributes.stream(), values.stream().map(SeriesFile::plain)).toList());
    rows.sort(Comparator.comparing(List::getFirst));
  }

  private static String plain(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  void write() throws IOException {
    WholeFile.write(path, text().getBytes(StandardCharsets.UTF_8));
  }

  /** The content of the file. */
  String text() throws IOException {
    StringWriter text = new StringWriter();
    try (CSVPrinter printer = CSVFormat.RFC4180.print(text)) {
      printer.printRecord(
          Stream.concat(Series.ATTRIBUTES.stream(), figures.stream().map(ComparedFigure::column)));
      for (List<String> row : rows) {
        printer.printRecord(row);
      }
    }
    return text.toString();
  }
}
