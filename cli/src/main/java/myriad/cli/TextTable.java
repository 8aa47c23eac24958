package myriad.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /**
   * Likewise, with a line of its own above rows that have a heading in common.
   *
   * @param columns whose cells take one line each
   */
  static <R> String renderUnder(
      Function<R, String> heading, List<R> rows, List<ColumnData<R>> columns) {
    List<String> rendered = render(rows, columns).lines().toList();
    int headers = rendered.size() - rows.size();
    List<String> lines = new ArrayList<>(rendered.subList(0, headers));
    String above = "";
    for (int i = 0; i < rows.size(); i++) {
      String own = heading.apply(rows.get(i));
      if (!own.equals(above)) {
        lines.add(own);
        above = own;
      }
      lines.add(rendered.get(headers + i));
    }
    return String.join("\n", lines);
  }

  /**
   * Whether no line is broken in two.
   *
   * @param width of the terminal; empty if it is none
   */
  static boolean fits(String text, OptionalInt width) {
    return width.isEmpty() || text.lines().allMatch(line -> line.length() <= width.getAsInt());
  }
}
