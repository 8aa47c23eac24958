package myriad.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program {@code myriad}: parses the command line and runs one subcommand. */
@Command(
    name = "myriad",
    description =
        "How does a server's concurrency model hold up at 10 thousand TCP connections and more?",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class,
    subcommands = {
      BenchCommand.class,
      ServeCommand.class,
      LoadCommand.class,
      VariantsCommand.class,
      ReportCommand.class
    },
    footer = {
      "",
      "Compare all variants at 100, 1,000 and 10,000 connections:",
      "  myriad bench",
      "Load a server of your own for 30 seconds:",
      "  myriad load localhost:7777 -c 1k -d 30s"
    },
    exitCodeListHeading = "%nExit codes:%n")
public final class Myriad {

  private Myriad() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The whole command line, ready to execute. */
  static CommandLine commandLine() {
    ErrorReport errors = new ErrorReport();
    CommandLine commandLine = new CommandLine(new Myriad());
    commandLine.getCommandSpec().usageMessage().exitCodeList(exitCodes());
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setUsageHelpAutoWidth(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
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
