package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Nobody reads on, or writes, but the parent that leads it still holds its standard input. */
  @Test
  void ledServerEndsWithItsInputAndLeavesCtrlCToItsParent() throws Exception {
    try (MyriadProcess server =
        MyriadProcess.start(
            List.of(
                "sh",
                "-c",
                "sleep 2 | exec '%s' serve nio-selector --port 0 --json --led"
                    .formatted(MyriadProcess.launcher())))) {
      ProcessHandle process = server(server.awaitOut(line -> line.contains("ready")));
      MyriadProcess.signal(process.pid(), "INT");
      server.awaitOut(line -> line.contains("counters"));
      MyriadProcess.awaitGone(process);
      assertThat(server.out().getLast()).startsWith("{\"event\":\"stopped\"");
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

  static InetSocketAddress address(MyriadProcess server) throws IOException, InterruptedException {
    return ((ServerEvent.Ready) ServerEvent.parse(server.awaitOut(line -> line.contains("ready"))))
        .address();
  }

  private static ProcessHandle server(String readyLine) {
    long pid = ((ServerEvent.Ready) ServerEvent.parse(readyLine)).pid();
    return ProcessHandle.of(pid).orElseThrow();
  }
}
