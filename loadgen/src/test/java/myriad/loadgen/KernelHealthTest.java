package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelHealthTest {

  @Test
  void aFewSegmentsSentAgainAreTolerated() {
    assertThat(reasons(Map.of("RetransSegs", 100L), 100_000)).isEmpty();
    assertThat(reasons(Map.of("RetransSegs", 10L), 5)).isEmpty();
  }

  @Test
  void handshakesSentAgainAreNoLossOfData() {
    assertThat(reasons(Map.of("RetransSegs", 500L, "TCPDSACKRecv", 495L), 1_000))
        .as("sent again while a busy receiver had them already")
        .isEmpty();
    assertThat(reasons(Map.of("RetransSegs", 500L, "TCPSynRetrans", 495L), 1_000)).isEmpty();
  }

  /** It is the target that did not accept: a slow server alone makes no run INVALID. */
  @Test
  void aFullListenQueueIsFoundAndNoReason() {
    Map<String, Long> growth = Map.of("ListenOverflows", 7L, "ListenDrops", 7L, "RetransSegs", 99L);

    assertThat(reasons(growth, 1_000)).isEmpty();
    assertThat(new KernelHealth(growth).findings())
        .singleElement()
        .asString()
        .contains("listen queue was full", "7 connects");
  }

  private static List<String> reasons(Map<String, Long> growth, long messagesSent) {
    return new KernelHealth(growth).reasons(messagesSent);
  }
}
