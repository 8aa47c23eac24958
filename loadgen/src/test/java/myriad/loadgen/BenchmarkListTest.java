package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BenchmarkListTest {

  @Test
  void theBenchmarksWereGenerated() throws Exception {
    try (InputStream list = getClass().getResourceAsStream("/META-INF/BenchmarkList")) {
      assertThat(list).as("made by JMH's annotation processor").isNotNull();
      assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8))
          .contains("recordOneSample", "nextArrival", "verify64Bytes");
    }
  }
}
