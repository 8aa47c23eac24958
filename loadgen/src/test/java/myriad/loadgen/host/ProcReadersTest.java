package myriad.loadgen.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ProcReadersTest {

  @TempDir Path proc;

  @Test
  void aProcessIsReadWhateverItsName() throws Exception {
    Path process = Files.createDirectories(proc.resolve("42"));
    Files.createDirectories(process.resolve("fd"));
    Files.writeString(
        process.resolve("stat"),
        "42 (a) R (b) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 7 0 12345 1000000 300 "
            + "18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0\n");

    ProcessSample sample = new ProcessProbe(proc, 42).sample().orElseThrow();

    assertThat(sample.cpuSeconds()).isCloseTo(3.0, within(1e-9));
    assertThat(sample.threads()).isEqualTo(7);
    assertThat(sample.residentBytes()).isEqualTo(300 * 4096);
  }

  @Test
  void aProcessThatHasEndedGivesNothing() {
    assertThat(new ProcessProbe(proc, 43).sample()).isEqualTo(Optional.empty());
  }

  @Test
  void thisProcessIsSeenAsItIs() throws Exception {
    ProcessProbe self = new ProcessProbe(ProcessHandle.current().pid());
    ProcessSample before = self.sample().orElseThrow();
    CountDownLatch done = new CountDownLatch(1);
    Thread sleeper = Thread.ofPlatform().start(() -> awaitQuietly(done));
    ProcessSample after = self.sample().orElseThrow();
    done.countDown();
    sleeper.join();

    assertThat(after.threads()).isGreaterThan(1);
    assertThat(after.descriptors()).isGreaterThan(2);
    assertThat(after.residentBytes()).isGreaterThan(10_000_000);
    assertThat(after.cpuSeconds()).isGreaterThanOrEqualTo(before.cpuSeconds());
    assertThat(self.contextSwitches()).isPositive();
  }

  @Test
  void theThreadsOfAProcessAreReadOneByOne() throws Exception {
    Path tasks = Files.createDirectories(proc.resolve("42/task"));
    Files.createDirectories(tasks.resolve("42"));
    Files.createDirectories(tasks.resolve("43"));
    Files.writeString(tasks.resolve("42/schedstat"), "123456789 5 6\n");
    Files.writeString(
        tasks.resolve("43/stat"), "43 (a) b) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 7\n");

    assertThat(new ProcessProbe(proc, 42).threadCpuNs())
        .as("by schedstat, and by ticks of 10 ms where there is none")
        .containsExactlyInAnyOrderEntriesOf(Map.of(42L, 123_456_789L, 43L, 3_000_000_000L));
    assertThat(new ProcessProbe(proc, 44).threadCpuNs()).isEmpty();
    assertThat(new ProcessTreeProbe(ProcessHandle.current().pid()).threadCpuNs()).isNotEmpty();
  }

  @Test
  void aThreadThatTheKernelTellsNothingOfIsUnknown() {
    assertThat(new ThreadProbe(proc.resolve("absent")).times())
        .isEqualTo(ThreadProbe.Times.UNKNOWN);
  }

  @Test
  void sharedMemoryCountsInParts() throws Exception {
    Path process = Files.createDirectories(proc.resolve("42"));
    Files.writeString(
        process.resolve("smaps_rollup"),
        """
        5581c3400000-7ffd0 ---p 00000000 00:00 0    [rollup]
        Rss:  9000 kB
        Pss:  5000 kB
        Pss_Dirty:  4000 kB
        """);

    assertThat(new ProcessProbe(proc, 42).proportionalBytes()).isEqualTo(5_000 * 1024);
    assertThat(new ProcessProbe(proc, 43).proportionalBytes()).isZero();
    assertThat(new ProcessProbe(ProcessHandle.current().pid()).proportionalBytes())
        .isGreaterThan(10_000_000);
  }

  @Test
  void buffersOfSocketsAreReadInPages() throws Exception {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/sockstat"),
        "sockets: used 100\nTCP: inuse 20 orphan 0 tw 3 alloc 25 mem 7\nUDP: inuse 1 mem 9\n");

    assertThat(new SocketMemory(proc).bytes()).isEqualTo(7 * 4096);
    assertThat(new SocketMemory(proc.resolve("absent")).bytes()).isZero();
  }

  /** As some ARM hosts have them: AT_PAGESZ, which is 6, in the middle of other pairs. */
  @Test
  void memoryIsCountedInPagesOfThisHost() throws Exception {
    Files.createDirectories(proc.resolve("self"));
    Files.createDirectories(proc.resolve("net"));
    ByteBuffer pairs = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
    pairs.putLong(33).putLong(4711).putLong(6).putLong(16_384).putLong(0).putLong(0);
    Files.write(proc.resolve("self/auxv"), pairs.array());
    Files.writeString(proc.resolve("net/sockstat"), "TCP: inuse 20 alloc 25 mem 7\n");

    assertThat(new SocketMemory(proc).bytes()).isEqualTo(7 * 16_384);
    assertThat(PageSize.bytes(proc)).isEqualTo(16_384);
    assertThat(PageSize.bytes(proc.resolve("absent"))).isEqualTo(4096);
    assertThat(PageSize.OF_THIS_HOST).isGreaterThanOrEqualTo(4096);
  }

  @Test
  void aFileLongerThanMostIsReadWhole() throws Exception {
    String text = "0123456789".repeat(1_000);
    Files.writeString(proc.resolve("long"), text);

    assertThat(ProcFile.read(proc.resolve("long"))).contains(text);
    assertThat(ProcFile.read(proc.resolve("absent"))).isEmpty();
  }

  /** A probe reads a file a thread: what that leaves behind is the garbage of the measurement. */
  @Test
  void aShortFileIsReadWithLittleGarbage() throws Exception {
    Path status = Path.of("/proc/self/status");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ProcFile.read(status);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      ProcFile.read(status);
    }

    assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 100)
        .as("bytes a file")
        .isLessThan(16 * 1024);
  }

  /** A server may replace its workers: what the old ones used was used all the same. */
  @Test
  void cpuTimeOfAChildThatHasEndedCountsOn() throws Exception {
    Process parent =
        new ProcessBuilder(
                "bash", "-c", "(for ((i = 0; i < 300000; i++)); do :; done); echo ended; read")
            .start();
    try (BufferedReader output = parent.inputReader()) {
      assertThat(output.readLine()).isEqualTo("ended");
      double own = new ProcessProbe(parent.pid()).sample().orElseThrow().cpuSeconds();
      double together = new ProcessTreeProbe(parent.pid()).sample().orElseThrow().cpuSeconds();

      assertThat(together).as("with the loop of the child").isGreaterThan(own + 0.05);
    } finally {
      parent.destroyForcibly();
      parent.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aServerOfSeveralProcessesIsSeenWhole() throws Exception {
    Process child = new ProcessBuilder("sleep", "30").start();
    try {
      ProcessSample alone = new ProcessProbe(ProcessHandle.current().pid()).sample().orElseThrow();
      ProcessSample together =
          new ProcessTreeProbe(ProcessHandle.current().pid()).sample().orElseThrow();

      assertThat(together.threads()).isGreaterThanOrEqualTo(alone.threads());
      assertThat(new ProcessTreeProbe(child.pid()).sample().orElseThrow().threads()).isEqualTo(1);
      ProcessSample one = new ProcessProbe(child.pid()).sample().orElseThrow();
      assertThat(alone.plus(one).threads()).isEqualTo(alone.threads() + 1);
      assertThat(alone.plus(one).residentBytes())
          .isEqualTo(alone.residentBytes() + one.residentBytes());
    } finally {
      child.destroyForcibly();
      child.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void kernelCountersAreFoundByTheNameAboveTheirColumn() throws Exception {
    Path net = Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        net.resolve("netstat"),
        """
        TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPMemoryPressures
        TcpExt: 9 3 4 5
        IpExt: InNoRoutes
        IpExt: 77
        """);
    Files.writeString(
        net.resolve("snmp"),
        """
        Tcp: RtoAlgorithm RetransSegs
        Tcp: 1 11
        """);

    assertThat(new KernelCounters(proc).read())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "ListenOverflows", 3L,
                "ListenDrops", 4L,
                "TCPMemoryPressures", 5L,
                "RetransSegs", 11L));
  }

  @Test
  void onlyGrowthOfKernelCountersCounts() {
    assertThat(KernelCounters.growth(Map.of("a", 5L), Map.of("a", 7L, "b", 1L)))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 2L, "b", 1L));
  }

  @Test
  void aThreadThatWorksIsBusy() {
    ThreadProbe self = ThreadProbe.ofCurrentThread();
    self.sharpenTimers();
    long before = self.times().busyNs();
    long untilNs = System.nanoTime() + 50_000_000;
    long spins = 0;
    while (System.nanoTime() < untilNs) {
      spins++;
    }

    assertThat(spins).isPositive();
    assertThat(self.times().busyNs() - before)
        .as("ran or waited for a CPU, in ns of 50 ms")
        .isGreaterThan(30_000_000L);
  }

  @Test
  void theStallMeterMeasuresSomethingOfEveryNap() {
    try (StallMeter meter = new StallMeter(10_000_000)) {
      StallMeter.Gauge gauge = meter.newGauge();
      long longest = 0;
      while (longest <= 0) {
        longest = gauge.take().longestNs();
        Thread.onSpinWait();
      }
      assertThat(longest).isPositive();
    }
  }

  private static void awaitQuietly(CountDownLatch done) {
    try {
      done.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
