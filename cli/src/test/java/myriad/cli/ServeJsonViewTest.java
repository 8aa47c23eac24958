package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import myriad.server.AcceptFailure;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says is what its parent reads. */
class ServeJsonViewTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ServeJsonView view =
      new ServeJsonView(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void readyIsReadBack() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7_777);
    view.ready("epoll", address);
    assertThat(ServerEvent.parse(line()))
        .isEqualTo(new ServerEvent.Ready(address, ProcessHandle.current().pid()));
  }

  @Test
  void countersAreReadBackWithTheReasonsThatOccurred() {
    ServerCounters counters = new ServerCounters();
    counters.accepted();
    counters.accepted();
    counters.closed(CloseKind.PEER_RESET);
    counters.acceptFailed(AcceptFailure.PROCESS_DESCRIPTORS);
    counters.bytesIn(10);
    Map<String, Long> flat = CounterNames.flatten(counters.snapshot());
    assertThat(flat)
        .containsExactly(
            Map.entry("accepted", 2L),
            Map.entry("open", 1L),
            Map.entry("bytes_in", 10L),
            Map.entry("bytes_out", 0L),
            Map.entry("back_pressure_pauses", 0L),
            Map.entry("closed_peer_reset", 1L),
            Map.entry("accept_failed_process_descriptors", 1L));
    view.stopped(flat, true);
    assertThat(ServerEvent.parse(line())).isEqualTo(new ServerEvent.Counters(flat));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{",
        "[]",
        "null",
        "{\"event\":\"other\"}",
        "{\"event\":\"ready\",\"host\":null}",
        "Exception"
      })
  void whatIsNoEventIsRefused(String line) {
    assertThatThrownBy(() -> ServerEvent.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an event of a server");
  }

  private String line() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
