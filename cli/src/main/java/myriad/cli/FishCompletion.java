package myriad.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line as fish completes it: a line for each subcommand and each option. */
final class FishCompletion {

  private static final int MAX_DESCRIPTION = 80;

  private final String program;
  private final CommandLine model;
  private final List<String> lines = new ArrayList<>();

  FishCompletion(CommandLine model) {
    this.model = model;
    this.program = model.getCommandName();
  }

  String script() {
    lines.clear();
    addOptions("__fish_use_subcommand", model.getCommandSpec());
    for (Map.Entry<String, CommandLine> sub : model.getSubcommands().entrySet()) {
      CommandSpec spec = sub.getValue().getCommandSpec();
      String seen = "__fish_seen_subcommand_from " + sub.getKey();
      add(
          "__fish_use_subcommand",
          "-f -a " + sub.getKey(),
          description(spec.usageMessage().description()));
      addOptions(seen, spec);
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        String candidates = candidates(parameter);
        if (!candidates.isEmpty()) {
          add(seen, "-f -a " + quote(candidates), "");
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private void addOptions(String condition, CommandSpec spec) {
    spec.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(option -> add(condition, flags(option), description(option.description())));
  }

  private void add(String condition, String what, String description) {
    String line = "complete -c %s -n %s %s".formatted(program, quote(condition), what);
    lines.add(description.isEmpty() ? line : line + " -d " + quote(description));
  }

  private static String flags(OptionSpec option) {
    List<String> flags = new ArrayList<>();
    for (String name : option.names()) {
      flags.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      String candidates = candidates(option);
      flags.add(candidates.isEmpty() ? "-r" : "-x -a " + quote(candidates));
    }
    return String.join(" ", flags);
  }

  private static String candidates(ArgSpec argument) {
    if (argument.type().isEnum()) {
      return Stream.of(argument.type().getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" "));
    }
    Iterable<String> given = argument.completionCandidates();
    return given == null
        ? ""
        : StreamSupport.stream(given.spliterator(), false).collect(Collectors.joining(" "));
  }

  /** The first sentence, as a column beside the names has no room for more. */
  private static String description(String... paragraphs) {
    if (paragraphs.length == 0) {
      return "";
    }
    String plain =
        CommandLine.Help.Ansi.OFF.string(paragraphs[0]).replaceAll("\\$\\{[^}]*}", "").strip();
    int end = plain.indexOf(". ");
    String sentence = end < 0 ? plain : plain.substring(0, end);
    return sentence.length() <= MAX_DESCRIPTION
        ? sentence
        : sentence.substring(0, MAX_DESCRIPTION - 1) + "…";
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
