package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerUsageTest {

  private static final long IDLE_BYTES = 50_000_000;

  private static ServerUsage grownBy(long bytes) {
    return grownBy(bytes, null);
  }

  private static ServerUsage grownBy(long bytes, @Nullable MemoryGrowth growth) {
    return new ServerUsage(1, IDLE_BYTES, IDLE_BYTES + bytes, 1, 1, null, growth, Map.of());
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

  @Test
  void whereTheHeapAloneGrewByMuchMoreItIsNotKnown() {
    MemoryGrowth growth = new MemoryGrowth(0, 2_400_000L, 0);

    assertThat(grownBy(500_000, growth).residentBytesPerConnection(10_000)).isEmpty();
    assertThat(grownBy(2_300_000, growth).residentBytesPerConnection(10_000)).hasValue(230);
  }

  /** Of a server of many processes, each may use less than a tick. */
  @Test
  void cpuTimeBelowWhatTheKernelTellsIsNotNone() {
    ServerUsage unseen = new ServerUsage(0, 0, 1, 1, 1, null, null, Map.of());

    assertThat(unseen.cpuMicrosPerMessage(1_000)).isEmpty();
    assertThat(grownBy(0).cpuMicrosPerMessage(1_000)).hasValue(1_000);
    assertThat(grownBy(0).cpuMicrosPerMessage(0)).isEmpty();
  }
}
