package myriad.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import myriad.cli.values.CountConverter;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** One of the two servers of a gate, as often as it is started. */
interface GateServer {

  /** As the user asked for it. */
  String text();

  /**
   * Starts a fresh process.
   *
   * @throws CommandException if this host has no room for a process
   */
  TargetServer launch();

  /** A server that a command starts, in which {@code {port}} stands for the port. */
  static GateServer ofCommand(String option, String command) {
    if (!command.contains(CommandServer.PORT)) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s is '%s'; it takes a command with %s where the port belongs, such as './server --port %s'"
              .formatted(option, command, CommandServer.PORT, CommandServer.PORT));
    }
    return new Started(command, () -> CommandServer.launch(command));
  }

  /**
   * A variant with options.
   *
   * @param javaHome of another JDK than this one; null unless the user named one beside the variant
   */
  static GateServer ofVariant(String option, String text, @Nullable Path javaHome) {
    VariantText parsed = VariantText.parse(option, text);
    Path jdk = parsed.javaHome == null ? javaHome : parsed.javaHome;
    Path home = requireJava(option, jdk == null ? Path.of(System.getProperty("java.home")) : jdk);
    ServerVariant variant = VariantChoice.runnable(parsed.variantId);
    VariantChoice.requireThreadsOf(variant, parsed.threads);
    if (parsed.backlog != null) {
      VariantChoice.tellCutBacklog(parsed.backlog);
    }
    return new Started(
        jdk == null || jdk.equals(parsed.javaHome) ? text : text + " --java-home " + jdk,
        () -> ServerProcess.launch(variant.id(), parsed.serveOptions(), home, parsed.jvmOptions));
  }

  private static Path requireJava(String option, Path home) {
    if (!Files.isExecutable(home.resolve("bin").resolve("java"))) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s: '%s' is no JDK: it has no bin/java that can be run".formatted(option, home));
    }
    return home;
  }

  /** A text with what it means. */
  record Started(String text, Supplier<TargetServer> starter) implements GateServer {
    @Override
    public TargetServer launch() {
      return starter.get();
    }
  }

  /** {@code VARIANT [--threads N] [--backlog N] [--java-home DIR] [--jvm-option OPTION]...} */
  @Command(name = "variant")
  final class VariantText {

    @Parameters(paramLabel = "VARIANT")
    private String variantId = "";

    @Option(names = "--threads", converter = CountConverter.class)
    private int threads = ServerConfig.VARIANT_DEFAULT;

    @Option(names = "--backlog", converter = CountConverter.class)
    private @Nullable Integer backlog;

    @Option(names = "--java-home")
    private @Nullable Path javaHome;

    @Option(names = "--jvm-option")
    private List<String> jvmOptions = List.of();

    static VariantText parse(String option, String text) {
      VariantText parsed = new VariantText();
      try {
        new CommandLine(parsed)
            .setExpandAtFiles(false)
            .parseArgs(ShellWords.split(text).toArray(String[]::new));
        return parsed;
      } catch (ParameterException | IllegalArgumentException e) {
        throw new CommandException(
            ExitCode.USAGE,
            "%s is '%s'; it takes a variant with its options, such as 'epoll --threads 2': %s"
                .formatted(option, text, e.getMessage()),
            e);
      }
    }

    private List<String> serveOptions() {
      List<String> options = new ArrayList<>();
      if (threads != ServerConfig.VARIANT_DEFAULT) {
        options.addAll(List.of("--threads", Integer.toString(threads)));
      }
      if (backlog != null) {
        options.addAll(List.of("--backlog", backlog.toString()));
      }
      return options;
    }
  }
}
