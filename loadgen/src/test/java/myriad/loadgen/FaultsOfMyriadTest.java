package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong in Myriad is not counted as an error of the target: it ends the run. */
@Timeout(60)
class FaultsOfMyriadTest {

  private final LoopGroup loops =
      new LoopGroup(
          LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7))
              .connections(1)
              .build());

  @AfterEach
  void closeLoops() {
    loops.close();
  }

  @Test
  void aFaultSurfacesWhenTheRunNextAsks() {
    loops.tell(loop -> fail(loop, new IllegalStateException("a bug")));

    assertThatThrownBy(() -> loops.ask(LoadLoop::unsettled))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("a bug");
  }

  @Test
  void aFailureOfTheNetworkIsCountedAndTheRunGoesOn() {
    loops.tell(loop -> fail(loop, new IOException("Connection reset by peer")));

    assertThatCode(() -> loops.ask(LoadLoop::unsettled)).doesNotThrowAnyException();
  }

  private static void fail(LoadLoop loop, Throwable cause) {
    new EchoConnection(0, 0, 0, loop).failed(cause);
  }
}
