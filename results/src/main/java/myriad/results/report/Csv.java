package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * CSV by RFC 4180: a header, CRLF, quotes where they are needed, empty cells for what is absent.
 */
final class Csv {

  private static final int DECIMALS = 3;
  private static final double NANOS_PER_MICRO = 1_000.0;

  private Csv() {}

  static <R> void write(OutputStream out, List<Column<R>> columns, Stream<R> rows)
      throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter printer = CSVFormat.RFC4180.print(writer);
    printer.printRecord(columns.stream().map(Column::name));
    for (R row : (Iterable<R>) rows::iterator) {
      printer.printRecord(columns.stream().map(column -> cell(column.value().apply(row))));
    }
    printer.flush();
  }

  static double micros(long nanos) {
    return nanos / NANOS_PER_MICRO;
  }

  /** Never in exponent form, which not every reader of CSV takes. */
  private static @Nullable Object cell(@Nullable Object value) {
    return value instanceof Double number
        ? BigDecimal.valueOf(number)
            .setScale(DECIMALS, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        : value;
  }
}
