package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A benchmark that the generator passed over would rot unseen. */
class BenchmarkListTest {

  @Test
  void theBenchmarksOfThisPackageAreGenerated() throws IOException {
    String name = "/META-INF/BenchmarkList";
    try (InputStream list =
        Objects.requireNonNull(BenchmarkListTest.class.getResourceAsStream(name), name)) {
      assertThat(new String(list.readAllBytes(), StandardCharsets.UTF_8))
          .contains(TaskSwitchBenchmark.class.getName())
          .contains(StackSwitchBenchmark.class.getName());
    }
  }
}
