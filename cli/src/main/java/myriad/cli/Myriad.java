package myriad.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/** The program {@code myriad}: parses the command line and runs one subcommand. */
@Command(
    name = "myriad",
    description =
        "How does a server's concurrency model hold up at 10 thousand TCP connections and more?",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class,
    footer = {
      "",
      "Compare all variants at 100, 1,000 and 10,000 connections:",
      "  myriad bench",
      "Load a server of your own for 30 seconds:",
      "  myriad load localhost:7777 -c 1k -d 30s",
      "May this build replace the last one?",
      "  myriad gate --base-cmd './old --port {port}' --head-cmd './new --port {port}'"
    },
    exitCodeListHeading = "%nExit codes:%n")
public final class Myriad {

  private static final List<Supplier<Callable<Integer>>> SUBCOMMANDS =
      List.of(
          BenchCommand::new,
          ServeCommand::new,
          LoadCommand::new,
          SearchCommand::new,
          GateCommand::new,
          VariantsCommand::new,
          ReportCommand::new,
          CompareCommand::new,
          HistoryCommand::new,
          CompletionCommand::new);

  private Myriad() {}

  public static void main(String[] args) {
    // Figures and file names are the same everywhere, whatever the user's language.
    Locale.setDefault(Locale.ROOT);
    System.exit(run(args));
  }

  private static int run(String... args) {
    Supplier<CommandLine> model =
        () -> commandLine(name -> args.length > 0 && args[0].equals(name));
    CommandLine commandLine = model.get();
    String[] expanded;
    try {
      expanded = Scenario.expand(model, args);
    } catch (RuntimeException e) {
      return ErrorReport.report(e, commandLine.getErr());
    }
    return commandLine.execute(expanded);
  }

  /** The command line with all options of all subcommands, for what describes it. */
  public static CommandLine model() {
    return commandLine(_ -> true);
  }

  /**
   * The command line. Only the subcommand that is called is modelled with its options; the others
   * are there by name and description, as all of them would take longer than {@code --help} may.
   */
  private static CommandLine commandLine(Predicate<String> isCalled) {
    // Its warnings of odd values would stand beside the line that refuses them.
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    ErrorReport errors = new ErrorReport();
    CommandLine commandLine = new CommandLine(new Myriad());
    commandLine.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    for (Supplier<Callable<Integer>> subcommand : SUBCOMMANDS) {
      Callable<Integer> command = subcommand.get();
      Command about = command.getClass().getAnnotation(Command.class);
      commandLine.addSubcommand(
          about.name(), isCalled.test(about.name()) ? command : outline(about));
    }
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private static CommandSpec outline(Command about) {
    CommandSpec outline = CommandSpec.create();
    outline.usageMessage().description(about.description());
    return outline;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      meanings.put(Integer.toString(code.number()), code.meaning());
    }
    return meanings;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"myriad " + BuildInfo.version()};
    }
  }
}
