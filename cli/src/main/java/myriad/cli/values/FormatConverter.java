package myriad.cli.values;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import myriad.results.report.Reporter;
import myriad.results.report.Reporters;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What goes to standard output: the table for people, or a report by its name. */
public final class FormatConverter implements ITypeConverter<FormatConverter.Format> {

  private static final String TABLE = "table";

  /**
   * A format by its name.
   *
   * @param reporter that writes it; empty for the table, which depends on the command
   */
  public record Format(Optional<Reporter> reporter) {}

  @Override
  public Format convert(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    Optional<Reporter> reporter = Reporters.named(name);
    if (reporter.isEmpty() && !name.equals(TABLE)) {
      throw new TypeConversionException("'%s' is no format; there are %s".formatted(text, names()));
    }
    return new Format(reporter);
  }

  /** All names, for the completion of a command line. */
  public static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return all().iterator();
    }
  }

  private static String names() {
    return all().collect(Collectors.joining(", "));
  }

  private static Stream<String> all() {
    return Stream.concat(Stream.of(TABLE), Reporters.all().stream().map(Reporter::format));
  }
}
