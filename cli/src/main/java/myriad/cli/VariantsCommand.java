package myriad.cli;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import myriad.server.Availability;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;
import picocli.CommandLine.Command;

/** {@code myriad variants}: what there is, and what of it runs here. */
@Command(
    name = "variants",
    description = "List the servers: concurrency model, needs, and whether this host runs them.",
    mixinStandardHelpOptions = true)
final class VariantsCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    List<Row> rows = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ServerVariant variant : VariantCatalog.all()) {
      rows.add(
          switch (variant.probe()) {
            case Availability.Available(String detail) ->
                new Row(variant, detail.isBlank() ? "yes" : "yes, " + detail);
            case Availability.Unavailable unavailable -> {
              missing.add(variant.id() + ": " + VariantChoice.explain(unavailable));
              yield new Row(variant, "no, " + unavailable.reason());
            }
          });
    }
    System.out.println(table(rows));
    missing.forEach(System.out::println);
    return ExitCode.OK.number();
  }

  private static String table(List<Row> rows) {
    return AsciiTable.builder()
        .border(AsciiTable.NO_BORDERS)
        .data(
            rows,
            List.of(
                column("VARIANT").with(row -> row.variant().id()),
                column("MODEL").with(row -> row.variant().model()),
                column("NEEDS").with(row -> row.variant().needs()),
                column("RUNS HERE").with(Row::runsHere)))
        .asString();
  }

  private static Column column(String header) {
    return new Column()
        .header(header)
        .headerAlign(HorizontalAlign.LEFT)
        .dataAlign(HorizontalAlign.LEFT);
  }

  private record Row(ServerVariant variant, String runsHere) {}
}
