package myriad.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code myriad completion}: the script that lets a shell complete Myriad's command line. */
@Command(
    name = "completion",
    description = "Print what lets a shell complete the command line: bash, zsh or fish.",
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class,
    footer = {
      "",
      "bash:  source <(myriad completion bash)",
      "zsh:   source <(myriad completion zsh), after compinit",
      "fish:  myriad completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {

  /** Shells that can complete. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine model = Myriad.model();
    System.out.print(
        switch (shell) {
          case BASH -> bash(model);
          case ZSH -> zsh(model);
          case FISH -> new FishCompletion(model).script();
        });
    StandardOutput.requireWritten();
    return ExitCode.OK.number();
  }

  private static String bash(CommandLine model) {
    return AutoComplete.bash(model.getCommandName(), model);
  }

  /**
   * The bash script, which zsh runs too, but for {@code compopt}, which it has not. As a file
   * {@code _myriad} of the function path it is read when the first completion is asked for, which
   * it then answers.
   */
  private static String zsh(CommandLine model) {
    String name = model.getCommandName();
    return """
    #compdef %1$s
    autoload -U +X bashcompinit && bashcompinit
    whence compopt >/dev/null || compopt() { : }
    %2$s
    if [ "${funcstack[1]}" = "_%1$s" ]; then
      _bash_complete -o default -F _complete_%1$s
    fi
    """
        .formatted(name, bash(model));
  }
}
