package myriad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import myriad.cli.ScenarioFile.Entry;
import myriad.cli.ScenarioFile.Value;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * A command line with the options of a {@link ScenarioFile} in it, as if they had been typed. What
 * was typed wins: an option that is given there is left out of the file.
 */
final class Scenario {

  /** Names the file. */
  static final String OPTION = "--scenario";

  /** Which mean nothing in a file. */
  private static final Set<String> ONLY_TYPED = Set.of(OPTION, "--help", "--version");

  private static final int SIMILAR_EDITS = 4;

  private final Path path;
  private final CommandSpec command;

  private Scenario(Path path, CommandSpec command) {
    this.path = path;
    this.command = command;
  }

  /**
   * {@code arguments} with the options of the scenario that they name, if they name one.
   *
   * @param model makes a command line
   * @throws CommandException if the scenario is not what is taken
   */
  static String[] expand(Supplier<CommandLine> model, String... arguments) {
    if (Stream.of(arguments).noneMatch(argument -> argument.startsWith(OPTION))) {
      return arguments;
    }
    ParseResult typed = parseLeniently(model.get(), arguments);
    Path path = typed == null ? null : typed.matchedOptionValue(OPTION, null);
    if (typed == null || path == null) {
      return arguments;
    }
    Scenario scenario = new Scenario(path, typed.commandSpec());
    List<Entry> entries = ScenarioFile.read(path);
    scenario.requireValues(model.get(), entries);
    List<String> expanded = new ArrayList<>(List.of(arguments));
    expanded.addAll(
        1,
        scenario.arguments(
            entries.stream().filter(entry -> !typed.hasMatchedOption(name(entry))).toList()));
    return expanded.toArray(String[]::new);
  }

  /** Parses as far as it goes; null where no subcommand is called. */
  private static @Nullable ParseResult parseLeniently(CommandLine model, String... arguments) {
    for (CommandLine subcommand : model.getSubcommands().values()) {
      subcommand.getCommandSpec().parser().collectErrors(true);
    }
    return model.parseArgs(arguments).subcommand();
  }

  /** Refuses a value that its option does not take, in words that name the place. */
  private void requireValues(CommandLine model, List<Entry> entries) {
    List<String> arguments = new ArrayList<>(List.of(command.name()));
    arguments.addAll(arguments(entries));
    ParseResult parsed = parseLeniently(model, arguments.toArray(String[]::new));
    for (Exception error : parsed == null ? List.<Exception>of() : parsed.errors()) {
      if (error instanceof ParameterException wrong
          && wrong.getArgSpec() instanceof OptionSpec option
          && !(error instanceof MissingParameterException)) {
        entries.stream()
            .filter(entry -> option.longestName().equals(name(entry)))
            .findFirst()
            .ifPresent(
                entry -> {
                  throw refused(entry, wrong);
                });
      }
    }
  }

  private List<String> arguments(List<Entry> entries) {
    return entries.stream().flatMap(this::arguments).toList();
  }

  private Stream<String> arguments(Entry entry) {
    OptionSpec option = option(entry);
    if (entry.isList() && !option.isMultiValue()) {
      throw ScenarioFile.refused(
          path, entry.line(), "%s takes one value, not a list".formatted(entry.name()));
    }
    if (option.arity().max() > 0) {
      return entry.values().stream().map(value -> name(entry) + "=" + value.text());
    }
    String text = entry.values().getFirst().text();
    if (!text.equals("true") && !text.equals("false")) {
      throw ScenarioFile.refused(
          path, entry.line(), "%s is '%s'; it takes true or false".formatted(entry.name(), text));
    }
    return text.equals("true") ? Stream.of(name(entry)) : Stream.of();
  }

  private OptionSpec option(Entry entry) {
    OptionSpec option = command.findOption(name(entry));
    if (option != null && !ONLY_TYPED.contains(name(entry))) {
      return option;
    }
    throw ScenarioFile.refused(
        path,
        entry.line(),
        "there is no option '%s' of %s in a scenario%s"
            .formatted(entry.name(), command.name(), suggestion(entry.name())));
  }

  private String suggestion(String name) {
    return command.options().stream()
        .filter(option -> !option.hidden() && !ONLY_TYPED.contains(option.longestName()))
        .map(option -> option.longestName().substring(2))
        .filter(known -> EditDistance.between(name, known) <= SIMILAR_EDITS)
        .min(Comparator.comparingInt(known -> EditDistance.between(name, known)))
        .map("; did you mean '%s'?"::formatted)
        .orElse("; 'myriad %s --help' lists them".formatted(command.name()));
  }

  private CommandException refused(Entry entry, ParameterException wrong) {
    String refused = String.valueOf(wrong.getValue());
    int line =
        Stream.<Predicate<String>>of(refused::equals, text -> text.contains(refused))
            .flatMap(isRefused -> entry.values().stream().filter(v -> isRefused.test(v.text())))
            .map(Value::line)
            .findFirst()
            .orElse(entry.line());
    Throwable cause = wrong.getCause();
    String reason =
        cause instanceof TypeConversionException ? cause.getMessage() : wrong.getMessage();
    return ScenarioFile.refused(path, line, "%s: %s".formatted(entry.name(), reason));
  }

  private static String name(Entry entry) {
    return "--" + entry.name();
  }
}
