package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that send a hundred megabytes and read nothing: little is kept for each of them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReaderTest {

  private static final int MOST_READERS = 4;
  private static final long OFFERED_BYTES = 100L * 1024 * 1024;

  /** Eight buffers of the server's: as many as are filled. */
  private static final long MOST_BYTES_A_CONNECTION = 8L * ServerConfig.DEFAULT_BUFFER_BYTES;

  /**
   * Netty's allocator sets chunks of 128 KiB aside, one for each size of buffers that a loop came
   * to need, and each reader here has a loop of its own. Four sizes: twice what was ever seen.
   */
  private static final long CHUNK_BYTES_A_LOOP = 4L * 128 * 1024;

  /** What else comes to life in a heap that the tests share. */
  private static final long NOISE_BYTES = 512L * 1024;

  /** With pages of the process that are none of the server's. */
  private static final long MOST_RESIDENT_BYTES = 1024L * 1024;

  /** Those of prefork serve in processes of their own. */
  static Stream<Named<ServerVariant>> variantsThatServeInThisProcess() {
    return ServerVariantContractTest.variants(variant -> !variant.id().equals("prefork"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variantsThatServeInThisProcess")
  void memoryOfAConnectionIsBounded(ServerVariant variant) throws IOException {
    ServerConfig config = ServerConfig.loopback().withThreads(MOST_READERS);
    int readers = Math.min(MOST_READERS, variant.capacity(config).orElse(MOST_READERS));
    try (RunningServer server = ServerVariantContractTest.start(variant, config)) {
      LongSupplier memory = () -> ServerJvm.heapBytesAfterCollection() + Holdings.directBytes();
      assertThat(
              growth(server.address(), readers, () -> server.counters().snapshot().open(), memory))
          .as("growth of heap and direct memory by %d connections", readers)
          .isLessThan(readers * (MOST_BYTES_A_CONNECTION + CHUNK_BYTES_A_LOOP) + NOISE_BYTES);
    }
  }

  @Test
  void memoryOfAConnectionIsBoundedInAProcessOfPrefork() throws IOException {
    ServerVariant prefork = VariantCatalog.find("prefork").orElseThrow();
    try (SeparateServer server = SeparateServer.ofFixedHeap(prefork, 1)) {
      Holdings child = new Holdings(server.servingPid());
      assertThat(growth(server.address(), 1, server::openConnections, child::residentBytes))
          .as("growth of resident memory by a connection")
          .isLessThan(MOST_RESIDENT_BYTES);
    }
  }

  /**
   * By how much memory grew, in bytes.
   *
   * @param open connections of the server
   * @param memoryBytes what it has in use
   */
  private static long growth(
      InetSocketAddress address, int readers, LongSupplier open, LongSupplier memoryBytes)
      throws IOException {
    try (StalledSenders _ = stall(address, readers)) {
      assertThat(open.getAsLong()).isEqualTo(readers);
    }
    Await.until("the first have left", () -> open.getAsLong() == 0);
    long bytesBefore = memoryBytes.getAsLong();

    try (StalledSenders _ = stall(address, readers)) {
      return memoryBytes.getAsLong() - bytesBefore;
    }
  }

  private static StalledSenders stall(InetSocketAddress address, int readers) throws IOException {
    List<StalledSender> senders = new ArrayList<>();
    List<CompletableFuture<Void>> sending = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      StalledSender sender = StalledSender.connect(address);
      senders.add(sender);
      sending.add(
          Background.run(
              () ->
                  assertThat(sender.sendUntilStalled(OFFERED_BYTES))
                      .as("bytes that left the client, most of them into the kernel's buffers")
                      .isLessThan(OFFERED_BYTES)));
    }
    Background.await(sending);
    return new StalledSenders(senders);
  }

  /** Peers whose server takes nothing more from them. */
  private record StalledSenders(List<StalledSender> all) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      for (StalledSender sender : all) {
        sender.close();
      }
    }
  }
}
