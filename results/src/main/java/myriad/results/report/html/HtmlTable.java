package myriad.results.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A table with a heading for each column, that a script can sort. */
final class HtmlTable<R> {

  /**
   * A cell.
   *
   * @param html its content, safe already
   * @param sortKey what it is sorted by; empty for words, which are sorted as they stand
   * @param hasFigure false where the row has nothing to show
   */
  record Cell(String html, String sortKey, boolean hasFigure) {

    static Cell words(String text) {
      return new Cell(Html.escape(text), "", true);
    }

    static Cell html(String html) {
      return new Cell(html, "", true);
    }

    static Cell figure(double value, String html) {
      return new Cell(html, Double.toString(value), true);
    }

    static Cell none() {
      return new Cell("–", "", false);
    }
  }

  private record Column<R>(String heading, String style, Function<R, Cell> cell) {}

  private final List<Column<R>> columns = new ArrayList<>();

  /** A column of words, left-aligned. */
  HtmlTable<R> words(String heading, Function<R, Cell> cell) {
    columns.add(new Column<>(heading, "words", cell));
    return this;
  }

  /** A column of long words, that may break. */
  HtmlTable<R> prose(String heading, Function<R, Cell> cell) {
    columns.add(new Column<>(heading, "wrap", cell));
    return this;
  }

  HtmlTable<R> figures(String heading, Function<R, Cell> cell) {
    columns.add(new Column<>(heading, "", cell));
    return this;
  }

  /** The table as HTML, in a frame that scrolls sideways on a narrow screen. */
  String render(String label, List<R> rows) {
    StringBuilder html = new StringBuilder();
    html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(Html.escape(label))
        .append("\"><table class=\"sortable\"><thead><tr>");
    for (Column<R> column : columns) {
      html.append("<th scope=\"col\"").append(styled(column)).append('>');
      html.append(Html.escape(column.heading())).append("</th>");
    }
    html.append("</tr></thead><tbody>\n");
    rows.forEach(row -> appendRow(html, row));
    return html.append("</tbody></table></div>").toString();
  }

  private void appendRow(StringBuilder html, R row) {
    html.append("<tr>");
    for (Column<R> column : columns) {
      Cell cell = column.cell().apply(row);
      html.append("<td").append(styled(column));
      if (!cell.sortKey().isEmpty() || !cell.hasFigure()) {
        html.append(" data-value=\"").append(cell.sortKey()).append('"');
      }
      html.append('>').append(cell.html()).append("</td>");
    }
    html.append("</tr>\n");
  }

  private static String styled(Column<?> column) {
    return column.style().isEmpty() ? "" : " class=\"" + column.style() + "\"";
  }
}
