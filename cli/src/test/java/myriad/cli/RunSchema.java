package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import myriad.results.RunJson;

/** The schema that is shipped, held against what the program has written. */
final class RunSchema {

  private RunSchema() {}

  /** Fails where {@code run.json} of a run directory is not what the schema says. */
  static void assertDescribes(Path directory) throws IOException {
    try (InputStream shipped = RunJson.class.getResourceAsStream("run.schema.json")) {
      String text =
          new String(Objects.requireNonNull(shipped).readAllBytes(), StandardCharsets.UTF_8);
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(text, InputFormat.JSON);
      assertThat(schema.validate(Files.readString(directory.resolve("run.json")), InputFormat.JSON))
          .as("%s", directory)
          .isEmpty();
    }
  }
}
