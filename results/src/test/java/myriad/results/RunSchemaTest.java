package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The schema that is shipped describes what is written: all of it, and nothing else. */
class RunSchemaTest {

  private static final String SCHEMA = schemaText();

  private static String schemaText() {
    try (InputStream in = RunJson.class.getResourceAsStream("run.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Schema schema() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(SCHEMA, InputFormat.JSON);
  }

  private static String json(RecordedSweep sweep) {
    return new String(RunJson.write(sweep.result()), StandardCharsets.UTF_8);
  }

  @Test
  void describesARealResult() {
    assertThat(schema().validate(json(SampleSweep.large()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void describesAGate() {
    assertThat(schema().validate(json(SampleGate.recorded()), InputFormat.JSON)).isEmpty();
  }

  @Test
  void findsFault() {
    assertThat(
            schema()
                .validate(
                    json(SampleSweep.small()).replace("\"COMPLETE\"", "\"DONE\""),
                    InputFormat.JSON))
        .isNotEmpty();
  }

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of("", SweepResult.class),
        Arguments.of("/$defs/Environment", Environment.class),
        Arguments.of("/$defs/RunResult", RunResult.class),
        Arguments.of("/$defs/Verdict", Verdict.class),
        Arguments.of("/$defs/Connections", RunResult.Connections.class),
        Arguments.of("/$defs/LatencySummary", LatencySummary.class),
        Arguments.of("/$defs/Interval", Interval.class),
        Arguments.of("/$defs/IntervalServer", Interval.Server.class),
        Arguments.of("/$defs/ServerUsage", ServerUsage.class),
        Arguments.of("/$defs/MemoryGrowth", MemoryGrowth.class),
        Arguments.of("/$defs/GeneratorUsage", GeneratorUsage.class),
        Arguments.of("/$defs/GeneratorLoop", GeneratorUsage.Loop.class),
        Arguments.of("/$defs/ErrorKind", ErrorKind.class),
        Arguments.of("/$defs/HealthFigure", HealthFigure.class),
        Arguments.of("/$defs/Check", Check.class),
        Arguments.of("/$defs/GateResult", GateResult.class),
        Arguments.of("/$defs/GateMetric", GateResult.Metric.class),
        Arguments.of("/$defs/GateResolution", GateResult.Resolution.class),
        Arguments.of("/$defs/GatePair", GateResult.Pair.class),
        Arguments.of("/$defs/GateFigure", GateResult.Figure.class));
  }

  @ParameterizedTest
  @MethodSource("records")
  void requiresEveryFieldOfARecord(String pointer, Class<?> type) {
    JsonNode definition = JsonMapper.shared().readTree(SCHEMA).at(pointer);
    Object[] fields =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toArray();

    assertThat(definition.path("properties").propertyNames())
        .containsExactlyInAnyOrder(Arrays.copyOf(fields, fields.length, String[].class));
    assertThat(definition.path("required").valueStream().map(JsonNode::asString))
        .containsExactlyInAnyOrder(Arrays.copyOf(fields, fields.length, String[].class));
  }

  static Stream<Arguments> enums() {
    return Stream.of(
        Arguments.of("/properties/status", SweepResult.Status.class),
        Arguments.of("/$defs/RunResult/properties/outcome", RunResult.Outcome.class),
        Arguments.of("/$defs/Verdict/properties/kind", Verdict.Kind.class),
        Arguments.of("/$defs/Interval/properties/phase", Interval.Phase.class),
        Arguments.of("/$defs/CheckStatus", Check.Status.class),
        Arguments.of("/$defs/HealthFigure/properties/bound", HealthFigure.Bound.class),
        Arguments.of("/$defs/GatePair/properties/arm", GateResult.Arm.class));
  }

  @ParameterizedTest
  @MethodSource("enums")
  void allowsEveryConstantOfAnEnum(String pointer, Class<? extends Enum<?>> type) {
    assertThat(
            JsonMapper.shared()
                .readTree(SCHEMA)
                .at(pointer + "/enum")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly(
            Arrays.stream(type.getEnumConstants()).map(Enum::name).toArray(String[]::new));
  }

  static Stream<Arguments> meanings() {
    return Stream.of(
        Arguments.of(
            "/$defs/Counter",
            Arrays.stream(Counter.values()).map(kind -> Map.entry(kind.name(), kind.meaning()))),
        Arguments.of(
            "/$defs/LatencyKind",
            Arrays.stream(LatencyKind.values())
                .map(kind -> Map.entry(kind.name(), kind.meaning()))));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void saysWhatIsCountedAndMeasuredAsMyriadDoes(
      String pointer, Stream<Map.Entry<String, String>> meanings) {
    assertThat(
            JsonMapper.shared()
                .readTree(SCHEMA)
                .at(pointer + "/oneOf")
                .valueStream()
                .map(
                    kind ->
                        Map.entry(
                            kind.path("const").asString(), kind.path("description").asString())))
        .containsExactlyElementsOf(meanings.toList());
  }

  @Test
  void isOfTheVersionThatIsWritten() {
    assertThat(
            JsonMapper.shared().readTree(SCHEMA).at("/properties/formatVersion/const").intValue())
        .isEqualTo(SweepResult.FORMAT_VERSION);
  }
}
