package myriad.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables without lines, as all of Myriad's are: words to the left, figures to the right. */
final class TextTable {

  private TextTable() {}

  static <R> ColumnData<R> words(String header, Function<R, String> cell) {
    return new Column()
        .header(header)
        .headerAlign(HorizontalAlign.LEFT)
        .dataAlign(HorizontalAlign.LEFT)
        .with(cell);
  }

  static <R> ColumnData<R> figure(String header, Function<R, String> cell) {
    return new Column()
        .header(header)
        .headerAlign(HorizontalAlign.RIGHT)
        .dataAlign(HorizontalAlign.RIGHT)
        .with(cell);
  }

  /** A line of headers, then a line for each row. */
  static <R> String render(List<R> rows, List<ColumnData<R>> columns) {
    return AsciiTable.builder()
        .border(AsciiTable.NO_BORDERS)
        .data(rows, columns)
        .asString()
        .lines()
        .map(line -> line.substring(1).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** The same table with one space between columns, for a terminal that is too narrow for two. */
  static String squeezed(String table) {
    List<String> lines = table.lines().toList();
    int width = lines.stream().mapToInt(String::length).max().orElse(0);
    int[] kept =
        IntStream.range(0, width)
            .filter(at -> at == 0 || !isBlank(lines, at) || !isBlank(lines, at - 1))
            .toArray();
    return lines.stream()
        .map(
            line ->
                IntStream.of(kept)
                    .filter(at -> at < line.length())
                    .mapToObj(at -> line.substring(at, at + 1))
                    .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  private static boolean isBlank(List<String> lines, int at) {
    return lines.stream().allMatch(line -> at >= line.length() || line.charAt(at) == ' ');
  }
}
