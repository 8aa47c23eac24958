package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerUsageTest {

  private static final long IDLE_BYTES = 50_000_000;

  private static ServerUsage grownBy(long bytes) {
    return new ServerUsage(1, IDLE_BYTES, IDLE_BYTES + bytes, 1, 1, null, null, Map.of());
  }

  @Test
  void memoryOfAConnectionIsItsShareOfTheGrowth() {
    assertThat(grownBy(10_000_000).residentBytesPerConnection(10_000)).hasValue(1_000);
  }

  @Test
  void ofFewConnectionsItIsNotKnown() {
    assertThat(grownBy(10_000_000).residentBytesPerConnection(4_999)).isEmpty();
  }

  /** They cost something, and it fits into what was resident before. */
  @Test
  void withoutGrowthItIsNotKnown() {
    assertThat(grownBy(0).residentBytesPerConnection(10_000)).isEmpty();
    assertThat(grownBy(-400_000).residentBytesPerConnection(10_000)).isEmpty();
  }
}
