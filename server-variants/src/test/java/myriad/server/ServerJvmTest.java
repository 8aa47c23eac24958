package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerJvmTest {

  private static final int TIMES = 20;

  @Test
  void collectionsThatWereAskedForAreNotAmongThePauses() {
    GcPauses before = ServerJvm.gcPauses();
    for (int i = 0; i < TIMES; i++) {
      assertThat(ServerJvm.heapBytesAfterCollection()).isPositive();
    }

    assertThat(ServerJvm.gcPauses().minus(before).count())
        .as("collections that came by themselves meanwhile")
        .isLessThan(TIMES);
  }
}
