package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import myriad.cli.values.AddressRangeConverter;
import myriad.cli.values.CertificatesConverter;
import myriad.cli.values.CountConverter;
import myriad.cli.values.DurationConverter;
import myriad.cli.values.ExpectConverter;
import myriad.cli.values.FormatConverter;
import myriad.cli.values.RateConverter;
import myriad.cli.values.SizeConverter;
import myriad.cli.values.SizePartConverter;
import myriad.cli.values.StageConverter;
import myriad.cli.values.TargetConverter;
import myriad.cli.values.TextConverter;
import myriad.cli.values.ThresholdConverter;
import myriad.loadgen.WireText;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whatever an option is given, it is taken, or refused in the way that becomes a usage error. */
class HostileOptionsTest {

  private static final int TRIES = 20_000;

  /** Of the parsers that build a model of a command line each time. */
  private static final int TRIES_OF_MODELS = 5_000;

  private static final int TRIES_OF_ALL_COMMANDS = 100;

  private static final List<ITypeConverter<?>> CONVERTERS =
      List.of(
          new AddressRangeConverter(),
          new CertificatesConverter(),
          new CountConverter(),
          new DurationConverter(),
          new ExpectConverter(),
          new FormatConverter(),
          new RateConverter(),
          new SizeConverter(),
          new SizePartConverter(),
          new StageConverter(),
          new TextConverter(),
          new TextConverter.OfFile(),
          new ThresholdConverter());

  private static final List<String> PIECES =
      List.of(
          "1",
          "10",
          "0",
          ".",
          "9".repeat(30),
          "-",
          "-1",
          "1e9",
          "NaN",
          "k",
          "m",
          "ms",
          "us",
          "/s",
          "h",
          "KiB",
          ":",
          ",",
          "=",
          "==",
          "<",
          "%",
          "@",
          "/",
          "~",
          "\\",
          "\\x",
          "\\x4",
          "\\r",
          "p99",
          "errors",
          "epoll",
          "--threads",
          "--jvm-option",
          "'",
          "\"",
          " ",
          "\t",
          "\n",
          "\0",
          "127.0.0.1",
          "::1",
          "fe80::1%lo",
          "%",
          "[",
          "]",
          "{",
          "}",
          "length:",
          "until:",
          "starts:",
          "text:",
          "nothing",
          "json",
          "\ud83d",
          "\u0661",
          "${sys:user.home}");

  private static final List<String> YAML =
      List.of(
          "connections",
          "threshold",
          "rate",
          "quiet",
          "true",
          ": ",
          ":",
          "\n",
          "\n  ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          ", ",
          "&a ",
          "*a",
          "!!int ",
          "!<x> ",
          "? ",
          "| ",
          ">-\n",
          "'",
          "\"",
          "# ",
          "---\n",
          "...\n",
          "%YAML 9.9\n",
          "<<",
          "~",
          "\t",
          "\\u12",
          "1k",
          "\ufeff",
          "\0",
          "@",
          "`");

  private static Arbitrary<String> joined(List<String> pieces, int most) {
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.of(pieces)), Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
    return piece.list().ofMaxSize(most).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> values() {
    return joined(PIECES, 7);
  }

  /** Hosts are addresses, lest names are looked up. */
  @Provide
  Arbitrary<String> targets() {
    Arbitrary<String> host =
        Arbitraries.oneOf(
            Arbitraries.of("127.0.0.1", "10.1", "unix:", "[::1]", "[fe80::1%lo]", "[", "]", ""),
            joined(PIECES, 3).map("[%s]"::formatted));
    Arbitrary<String> port = Arbitraries.strings().withChars("0123456789:-x/").ofMaxLength(13);
    return Combinators.combine(host, port).as((name, end) -> name + ":" + end);
  }

  @Provide
  Arbitrary<String> scenarios() {
    return joined(YAML, 20);
  }

  @Provide
  Arbitrary<String> events() {
    List<String> json =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"event\"",
            "\"ready\"",
            "\"counters\"",
            "\"settled\"",
            "\"host\"",
            "\"127.0.0.1\"",
            "\"port\"",
            "\"pid\"",
            "\"heap_bytes\"",
            "1",
            "-1",
            "1e400",
            "9".repeat(30),
            "null",
            "true",
            "\"x\"");
    Arbitrary<String> ready =
        Combinators.combine(Arbitraries.of(json), Arbitraries.of(json), Arbitraries.of(json))
            .as("{\"event\":\"ready\",\"host\":%s,\"port\":%s,\"pid\":%s}"::formatted);
    return Arbitraries.oneOf(joined(json, 12), ready);
  }

  private static <T> void takesOrRefuses(
      String text, Function<String, T> parser, Class<? extends Exception> refusal) {
    try {
      assertThat(parser.apply(text)).isNotNull();
    } catch (RuntimeException refused) {
      assertThat(refused).isInstanceOf(refusal);
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void valuesOfOptions(@ForAll("values") String text) {
    for (ITypeConverter<?> converter : CONVERTERS) {
      takesOrRefuses(text, value -> converted(converter, value), TypeConversionException.class);
    }
  }

  private static Object converted(ITypeConverter<?> converter, String text) {
    try {
      return converter.convert(text);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception checked) {
      throw new AssertionError(checked);
    }
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void targetsOfLoads(@ForAll("targets") String text) {
    takesOrRefuses(text, new TargetConverter()::convert, TypeConversionException.class);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void wordsAndEscapes(@ForAll("values") String text) {
    takesOrRefuses(text, ShellWords::split, IllegalArgumentException.class);
    takesOrRefuses(text, WireText::parse, IllegalArgumentException.class);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void margins(@ForAll("values") String text) {
    takesOrRefuses(
        "p99=" + text, value -> GateOptions.margins(List.of(value)), CommandException.class);
    takesOrRefuses(text, value -> GateOptions.margins(List.of(value)), CommandException.class);
  }

  @Property(tries = TRIES_OF_MODELS, shrinking = ShrinkingMode.BOUNDED)
  void variantsWithOptions(@ForAll("values") String text) {
    takesOrRefuses(
        text, value -> GateServer.VariantText.parse("--base", value), CommandException.class);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void eventsOfServers(@ForAll("events") String line) {
    takesOrRefuses(line, ServerEvent::parse, IllegalArgumentException.class);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  void scenarioFiles(@ForAll("scenarios") String text) {
    takesOrRefuses(
        text, yaml -> ScenarioFile.parse(Path.of("x.yaml"), yaml), CommandException.class);
  }

  @Property(tries = TRIES_OF_ALL_COMMANDS, shrinking = ShrinkingMode.OFF)
  void valuesInScenarios(@ForAll("values") String text) throws Exception {
    Path file = Files.createTempFile("scenario", ".yaml");
    try {
      String quoted = "'" + text.replace("'", "''") + "'";
      String yaml = "rate: %1$s\nthreshold: [%1$s]\nconnections: %1$s\n".formatted(quoted);
      Files.write(file, yaml.getBytes(StandardCharsets.UTF_8));
      takesOrRefuses(
          file.toString(),
          path -> Scenario.expand(Myriad::model, "bench", "--scenario", path),
          CommandException.class);
    } finally {
      Files.delete(file);
    }
  }
}
