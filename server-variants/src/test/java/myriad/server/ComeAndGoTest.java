package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that come and go, one after the other, and what a server must not keep of them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComeAndGoTest {

  private static final int FIRST_CONNECTIONS = 200;
  private static final int CONNECTIONS = 1_000;
  private static final int MESSAGE_BYTES = 64;

  /** Less than a buffer a connection, however small. */
  private static final long MOST_DIRECT_BYTES_KEPT = 64L * CONNECTIONS;

  /** Likewise, with some pages of the process that are none of the server's. */
  private static final long MOST_RESIDENT_BYTES_KEPT = 512L * CONNECTIONS;

  /** Those of prefork serve in processes of their own. */
  static Stream<Named<ServerVariant>> variantsThatServeInThisProcess() {
    return ServerVariantContractTest.variants(variant -> !variant.id().equals("prefork"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variantsThatServeInThisProcess")
  void aThousandConnectionsLeaveNothing(ServerVariant variant) throws IOException {
    try (RunningServer server = ServerVariantContractTest.start(variant)) {
      LongSupplier open = () -> server.counters().snapshot().open();
      assertNothingIsKept(
          server.address(),
          open,
          Holdings.ofThisProcess(),
          new Memory(Holdings::directBytes, MOST_DIRECT_BYTES_KEPT));
    }
  }

  @Test
  void aThousandConnectionsLeaveNothingInAProcessOfPrefork() throws IOException {
    ServerVariant prefork = VariantCatalog.find("prefork").orElseThrow();
    try (SeparateServer server = SeparateServer.ofFixedHeap(prefork, 1)) {
      Holdings child = new Holdings(server.servingPid());
      assertNothingIsKept(
          server.address(),
          server::openConnections,
          child,
          new Memory(child::residentBytes, MOST_RESIDENT_BYTES_KEPT));
    }
  }

  private static void assertNothingIsKept(
      InetSocketAddress address, LongSupplier open, Holdings holdings, Memory memory)
      throws IOException {
    comeAndGo(address, FIRST_CONNECTIONS, open);
    int descriptorsBefore = holdings.descriptors();
    long threadsBefore = holdings.threads();
    long bytesBefore = memory.bytes.getAsLong();

    comeAndGo(address, CONNECTIONS, open);

    assertThat(threadsBefore).as("threads that serve").isPositive();
    Await.until("descriptors are closed", () -> holdings.descriptors() <= descriptorsBefore);
    Await.until("threads have ended", () -> holdings.threads() <= threadsBefore);
    assertThat(memory.bytes.getAsLong() - bytesBefore)
        .as("growth of memory outside of the heap")
        .isLessThan(memory.mostKept);
  }

  /**
   * Memory outside of the heap.
   *
   * @param bytes in use now
   * @param mostKept by how much they may have grown in the end
   */
  private record Memory(LongSupplier bytes, long mostKept) {}

  private static void comeAndGo(InetSocketAddress address, int times, LongSupplier open)
      throws IOException {
    for (int i = 0; i < times; i++) {
      try (EchoClient client = EchoClient.connect(address)) {
        client.send(Payload.bytes(i, MESSAGE_BYTES));
        client.expect(i, MESSAGE_BYTES);
      }
    }
    Await.until("all are closed", () -> open.getAsLong() == 0);
  }
}
