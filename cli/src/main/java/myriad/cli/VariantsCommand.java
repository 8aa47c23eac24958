package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import myriad.server.Availability;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code myriad variants}: what there is, and what of it runs here. */
@Command(
    name = "variants",
    description = "List the servers: concurrency model, needs, and whether this host runs them.",
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class VariantsCommand implements Callable<Integer> {

  @Option(
      names = "--require",
      paramLabel = "NAME",
      split = ",",
      description = "Servers that must be able to run here; one that cannot ends it, with code 3.")
  private List<String> requiredIds = List.of();

  @Override
  public Integer call() {
    VariantChoice.requireRunnable(requiredIds);
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
    return TextTable.render(
        rows,
        List.of(
            TextTable.words("VARIANT", row -> row.variant().id()),
            TextTable.words("MODEL", row -> row.variant().model()),
            TextTable.words("NEEDS", row -> row.variant().needs()),
            TextTable.words("RUNS HERE", Row::runsHere)));
  }

  private record Row(ServerVariant variant, String runsHere) {}
}
