package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Without JMH's annotation processor benchmarks compile, and silently are none. */
class BenchmarksAreCompiledTest {

  @Test
  void theListOfBenchmarksNamesThoseOfThisModule() throws IOException {
    try (InputStream list =
        BenchmarksAreCompiledTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      String names =
          new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);

      assertThat(names)
          .contains("myriad.server.variants.RoundTripBenchmark")
          .contains("myriad.server.variants.EchoStepBenchmark")
          .contains("myriad.server.variants.HandlerBenchmark");
    }
  }
}
