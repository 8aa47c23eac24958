package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.loadgen.host.HostLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ServeIT {

  @ParameterizedTest
  @CsvSource({"TERM,nio-selector", "INT,epoll"})
  void endsCleanlyOnASignalAndFreesItsPort(String signal, String variant) throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", variant, "--port", "0", "--json")) {
      InetSocketAddress address = address(server);
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
      }
      server.signal(signal);
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).isEmpty();
      assertThat(server.out().getLast())
          .startsWith("{\"event\":\"stopped\"")
          .contains("\"accepted\":1", "\"bytes_in\":5", "\"bytes_out\":5");
      try (ServerSocket again = new ServerSocket()) {
        again.setReuseAddress(true);
        again.bind(address);
      }
    }
  }

  @Test
  void readyLineNamesTheProcess() throws Exception {
    try (MyriadProcess server =
        MyriadProcess.myriad("serve", "epoll", "--port", "0", "--host", "::1", "--json")) {
      String ready = server.awaitOut(line -> line.contains("ready"));
      assertThat(ready)
          .contains("\"variant\":\"epoll\"", "\"host\":\"0:0:0:0:0:0:0:1\"")
          .contains("\"pid\":" + server.pid());
      assertThat(server.awaitOut(line -> line.contains("counters"))).contains("\"open\":0");
    }
  }

  @Test
  void tellsPeopleWhereItListens() throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "nio-selector", "--port", "0")) {
      assertThat(server.awaitOut(line -> line.contains("listens on")))
          .matches(
              "nio-selector listens on 127\\.0\\.0\\.1:\\d+ \\(process \\d+\\); Ctrl-C stops it");
      server.signal("INT");
      assertThat(server.exitCode()).isZero();
      assertThat(server.out().getLast()).isEqualTo("stopped");
    }
  }

  /** The parent is a shell that is killed, so that it can tell nobody. */
  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    String script =
        "'%s' serve nio-selector --port 0 --json & wait".formatted(MyriadProcess.launcher());
    try (MyriadProcess shell = MyriadProcess.start(List.of("sh", "-c", script))) {
      ProcessHandle server = server(shell.awaitOut(line -> line.contains("ready")));
      shell.signal("KILL");
      MyriadProcess.awaitGone(server);
    }
  }

  @Test
  void ledServerEndsWithItsInputAndLeavesCtrlCToItsParent() throws Exception {
    try (MyriadProcess server =
        MyriadProcess.myriad("serve", "nio-selector", "--port", "0", "--json", "--led")) {
      InetSocketAddress address = address(server);
      server.signal("INT");
      new Socket(address.getAddress(), address.getPort()).close();
      server.awaitOut(line -> line.contains("\"counters\"") && line.contains("\"accepted\":1"));
      server.endInput();
      assertThat(server.exitCode()).isZero();
      assertThat(server.out().getLast()).startsWith("{\"event\":\"stopped\"");
    }
  }

  @Test
  void severalProcessesServeOnePortAndOneThatDiesIsStartedAgain() throws Exception {
    try (MyriadProcess server =
        MyriadProcess.myriad("serve", "epoll", "--processes", "3", "--port", "0", "--json")) {
      InetSocketAddress address = address(server);
      for (int i = 0; i < 20; i++) {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
          client.getOutputStream().write('x');
          assertThat(client.getInputStream().read()).isEqualTo('x');
        }
      }
      server.awaitOut(line -> line.contains("\"accepted\":20"));
      List<ProcessHandle> children = server.handle().children().toList();
      assertThat(children).hasSize(3);

      MyriadProcess.signal(children.getFirst().pid(), "KILL");
      server.awaitOut(line -> line.contains("\"restarts\":1"));

      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
      for (ProcessHandle child : children) {
        MyriadProcess.awaitGone(child);
      }
    }
  }

  /** A terminal sends Ctrl-C to the whole group; the parent alone decides how its server ends. */
  @Test
  void ctrlCDoesNotTakeTheProcessesFromUnderTheirParent() throws Exception {
    try (MyriadProcess server =
        MyriadProcess.start(
            List.of(
                "setsid",
                MyriadProcess.launcher().toString(),
                "serve",
                "prefork",
                "--threads",
                "2",
                "--port",
                "0",
                "--json"))) {
      InetSocketAddress address = address(server);
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.getOutputStream().write('x');
        assertThat(client.getInputStream().read()).isEqualTo('x');
        MyriadProcess.signalGroup(server.pid(), "INT");
        assertThat(server.exitCode()).isZero();
      }
      assertThat(server.out().getLast())
          .as("the connection was cut off at the deadline; it did not fail with its process")
          .contains("\"graceful\":false", "\"closed_server_stopped\":1", "\"restarts\":0");
    }
  }

  @Test
  void processesOfPreforkAreItsThreads() throws Exception {
    try (MyriadProcess server =
        MyriadProcess.myriad("serve", "prefork", "--processes", "3", "--port", "0")) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.USAGE.number());
      assertThat(server.err()).singleElement().asString().contains("--processes is 3", "--threads");
    }
  }

  @Test
  void threadsThatAVariantWouldIgnoreAreRefused() throws Exception {
    try (MyriadProcess server =
        MyriadProcess.myriad("serve", "sequential", "--threads", "5", "--port", "0")) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.USAGE.number());
      assertThat(server.err())
          .containsExactly(
              "myriad: --threads is 5; sequential has as many threads as its model says: leave"
                  + " --threads out");
    }
  }

  @Test
  void aBacklogThatTheKernelCutsIsToldOf() throws Exception {
    long most = new HostLimits().longestListenQueue().orElseThrow();
    int backlog = 1 << 20;
    assumeTrue(most < backlog, "net.core.somaxconn is as long as the longest --backlog");
    try (MyriadProcess server =
        MyriadProcess.myriad("serve", "epoll", "--backlog", "" + backlog, "--port", "0")) {
      assertThat(server.awaitErr(line -> line.contains("--backlog")))
          .isEqualTo(
              "myriad: --backlog is 1,048,576; this host holds %,d: raise net.core.somaxconn"
                  .formatted(most));
    }
  }

  /** Netty without its native code stands for a host that lacks what it needs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve io_uring --port 0",
        "variants --require nio-selector,io_uring",
        "bench --variants nio-selector,io_uring --require io_uring -c 1 -d 100ms"
      })
  void whatCannotRunHereIsNeverReplacedInSilence(String arguments) throws Exception {
    String script =
        "MYRIAD_JAVA_OPTS=-Dio.netty.transport.noNative=true exec '%s' %s"
            .formatted(MyriadProcess.launcher(), arguments);
    try (MyriadProcess myriad = MyriadProcess.start(List.of("sh", "-c", script))) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(myriad.err()).singleElement().asString().contains("io_uring cannot run here");
    }
  }

  @Test
  void theListSaysWhyAServerCannotRunHere() throws Exception {
    String script = "ulimit -n 200; exec '%s' variants".formatted(MyriadProcess.launcher());
    try (MyriadProcess variants = MyriadProcess.start(List.of("sh", "-c", script))) {
      assertThat(variants.exitCode()).isZero();
      assertThat(variants.out())
          .anyMatch(line -> line.matches("nio-selector .* yes *"))
          .anyMatch(line -> line.matches("thread-per-connection .* at most 200 .*: ulimit -n *"))
          .anyMatch(line -> line.matches("thread-pool .* no, too few descriptors *"))
          .contains(
              "thread-pool: too few descriptors (a pool of 200 threads: 250 descriptors, where"
                  + " ulimit -n allows 200); raise ulimit -n, or ask for fewer (--threads)");
    }
  }

  @Test
  void unknownVariantIsAnsweredWithThoseThereAre() throws Exception {
    try (MyriadProcess server = MyriadProcess.myriad("serve", "epol")) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.USAGE.number());
      assertThat(server.err())
          .singleElement()
          .asString()
          .contains("'epol'", "did you mean 'epoll'?", "virtual-threads");
    }
  }

  @Test
  void portInUseIsTheHostsRefusal() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        MyriadProcess server =
            MyriadProcess.myriad("serve", "epoll", "--port", "" + taken.getLocalPort())) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(server.err())
          .singleElement()
          .asString()
          .contains("port " + taken.getLocalPort(), "in use", "--port");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "nio-selector;400;too few descriptors (400 event loops: 850 descriptors",
        "epoll;400;too few descriptors (400 event loops: 1,250 descriptors",
        "thread-pool;151;too few descriptors (a pool of 151 threads: 201 descriptors",
        "prefork;80;too few descriptors (80 processes: 210 descriptors"
      })
  void moreThanTheHostBearsIsRefusedBeforeItStarts(String variant, int threads, String reason)
      throws Exception {
    String script =
        "ulimit -n 200; exec '%s' serve %s --threads %d --port 0"
            .formatted(MyriadProcess.launcher(), variant, threads);
    try (MyriadProcess server = MyriadProcess.start(List.of("sh", "-c", script))) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(server.err())
          .singleElement()
          .asString()
          .startsWith("myriad: " + variant + " cannot run here: " + reason)
          .contains("--threads")
          .doesNotContain("--port");
    }
  }

  static InetSocketAddress address(MyriadProcess server) throws IOException, InterruptedException {
    return ((ServerEvent.Ready) ServerEvent.parse(server.awaitOut(line -> line.contains("ready"))))
        .address();
  }

  private static ProcessHandle server(String readyLine) {
    long pid = ((ServerEvent.Ready) ServerEvent.parse(readyLine)).pid();
    return ProcessHandle.of(pid).orElseThrow();
  }
}
