package myriad.cli;

import java.io.PrintWriter;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.InvalidPlanException;
import myriad.results.ResultsException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Every exception that ends a command becomes an exit code and a message here: one line for what a
 * user or a host did, the stack trace only for a fault of Myriad itself.
 */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException exception, String[] args) {
    CommandLine command = exception.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(WrappedText.forStandardError("myriad: " + oneLine(exception)));
    if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
      err.printf("See '%s --help'.%n", command.getCommandSpec().qualifiedName());
    }
    return ExitCode.USAGE.number();
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    return report(exception, command.getErr());
  }

  /** Says what is wrong on {@code err}; what to exit with. */
  static int report(Exception exception, PrintWriter err) {
    ExitCode exitCode = exitCodeOf(exception);
    if (exitCode == ExitCode.FAULT) {
      err.println("myriad: a fault in Myriad itself, not in your usage or your host:");
      exception.printStackTrace(err);
      err.printf(
          "Please report it to the project's issue tracker, with the lines above, the command line"
              + " and this: Myriad %s, Java %s, %s %s.%n",
          BuildInfo.version(),
          System.getProperty("java.runtime.version"),
          System.getProperty("os.name"),
          System.getProperty("os.version"));
    } else {
      err.println(WrappedText.forStandardError("myriad: " + oneLine(exception)));
    }
    return exitCode.number();
  }

  private static ExitCode exitCodeOf(Exception exception) {
    return switch (exception) {
      case CommandException e -> e.exitCode();
      case InvalidPlanException _ -> ExitCode.USAGE;
      case HostLimitException _ -> ExitCode.HOST_LIMIT;
      case ResultsException e -> ExitCode.of(e);
      default -> ExitCode.FAULT;
    };
  }

  private static String oneLine(Exception exception) {
    return String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
  }
}
