package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import myriad.server.Availability;
import myriad.server.ServerConfig;
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
          switch (variant.probe(ServerConfig.loopback())) {
            case Availability.Available(String detail) ->
                new Row(variant, detail.isBlank() ? "yes" : "yes, " + detail);
            case Availability.Unavailable unavailable -> {
              missing.add(variant.id() + ": " + VariantChoice.explain(unavailable));
              yield new Row(variant, "no, " + unavailable.reason());
            }
          });
    }
    System.out.println(table(rows, StandardOutput.width()));
    if (!missing.isEmpty()) {
      System.out.println(WrappedText.wrap(missing, StandardOutput.width()));
    }
    StandardOutput.requireWritten();
    return ExitCode.OK.number();
  }

  static String table(List<Row> rows, OptionalInt width) {
    String wide =
        TextTable.render(
            rows,
            List.of(
                TextTable.words("VARIANT", row -> row.variant().id()),
                TextTable.words("MODEL", row -> row.variant().model()),
                TextTable.words("NEEDS", row -> row.variant().needs()),
                TextTable.words("RUNS HERE", Row::runsHere)));
    return TextTable.fits(wide, width)
        ? wide
        : rows.stream().map(row -> narrow(row, width)).collect(Collectors.joining("\n"));
  }

  private static String narrow(Row row, OptionalInt width) {
    return String.join(
        "\n",
        row.variant().id(),
        WrappedText.beside("  model      ", row.variant().model(), width),
        WrappedText.beside("  needs      ", row.variant().needs(), width),
        WrappedText.beside("  runs here  ", row.runsHere(), width));
  }

  /**
   * A server in the list.
   *
   * @param runsHere yes or no, and why
   */
  record Row(ServerVariant variant, String runsHere) {}
}
