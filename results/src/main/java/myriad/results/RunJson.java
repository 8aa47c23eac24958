package myriad.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The content of {@code run.json}: a {@link SweepResult} whose field names are those of the records
 * and whose instants and durations are ISO 8601. The shipped schema {@code
 * myriad/results/run.schema.json} describes it.
 *
 * <p>A file may come from anybody: depth, lengths and sizes are bounded before anything is built.
 */
public final class RunJson {

  private static final String VERSION = "formatVersion";
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_LENGTH = 64;
  private static final int MAX_NAME_LENGTH = 1_000;
  private static final int MAX_STRING_LENGTH = 100_000;

  /** Some days of one-second intervals. */
  static final long MAX_BYTES = 128L << 20;

  private static final JsonMapper MAPPER = mapper();

  private RunJson() {}

  private static JsonMapper mapper() {
    JsonFactory bounded =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxDocumentLength(MAX_BYTES)
                    .build())
            .build();
    JsonMapper.Builder builder =
        JsonMapper.builder(bounded)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .annotationIntrospector(new RequiredUnlessDefaulted())
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .changeDefaultNullHandling(_ -> JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL));
    for (Class<?> nullable :
        List.of(ServerUsage.class, GeneratorUsage.class, Interval.Server.class)) {
      builder.withConfigOverride(
          nullable,
          override -> override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.SET)));
    }
    return builder.build();
  }

  /**
   * Every field must be there, but for those that came later: they say by {@link JsonSetter} what
   * they are in files that were written before.
   */
  private static final class RequiredUnlessDefaulted extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return !member.hasAnnotation(JsonSetter.class);
    }
  }

  public static byte[] write(SweepResult sweep) {
    return MAPPER.writeValueAsBytes(sweep);
  }

  /**
   * @throws IllegalArgumentException if {@code json} is not what {@link #write} writes, or comes
   *     from a newer version; the message is one line without the file's name
   */
  static SweepResult read(byte[] json) {
    try {
      requireKnownVersion(json);
      return MAPPER.readValue(json, SweepResult.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(describe(e), e);
    }
  }

  /** Before anything is bound: a newer format may differ in all but this field. */
  private static void requireKnownVersion(byte[] json) {
    int version = version(json);
    if (version < 1) {
      throw new IllegalArgumentException("not a result of Myriad: no " + VERSION);
    }
    if (version > SweepResult.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "written by a newer Myriad (format %d, this one reads up to %d); upgrade Myriad to read it"
              .formatted(version, SweepResult.FORMAT_VERSION));
    }
  }

  private static int version(byte[] json) {
    try (JsonParser parser = MAPPER.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          boolean isVersion = parser.currentName().equals(VERSION);
          if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && isVersion) {
            return parser.getIntValue();
          }
          parser.skipChildren();
        }
      }
      return 0;
    }
  }

  private static String describe(JacksonException e) {
    String where =
        e instanceof DatabindException databind
            ? databind.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[]" : step.getPropertyName())
                .collect(Collectors.joining(".", " at ", ""))
            : "";
    return "not a result of Myriad, or damaged%s: %s"
        .formatted(where.equals(" at ") ? "" : where, OneLine.of(e.getOriginalMessage()));
  }
}
