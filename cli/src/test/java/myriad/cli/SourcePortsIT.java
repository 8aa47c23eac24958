package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.results.Counter;
import myriad.results.RunResult;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ports of this host that connections come from. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SourcePortsIT {

  @TempDir Path folder;

  /**
   * In a network of its own with 50 source ports: from one address more than 50 connections can be
   * made to two targets only if the port is chosen in connect(), where the target counts.
   */
  @ParameterizedTest
  @CsvSource({"epoll, 80", "nio, 50"})
  void portsOfASourceAddressAreSharedBetweenTargets(String transport, int open) throws Exception {
    ForeignServer.assumeInstalled("unshare");
    String script =
        """
        set -e
        ip link set lo up
        echo '40000 40049' >/proc/sys/net/ipv4/ip_local_port_range
        for port in 7001 7002; do
          timeout 60 "$0" serve nio-selector --port $port >&2 &
          for try in $(seq 300); do
            if (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null; then break; fi
            sleep 0.1
          done
        done
        "$0" load 127.0.0.1:7001-7002 --source-ip 127.0.0.2 -c 80 -d 200ms --warmup 0 \
          --transport %s --max-errors 100 -o "$1" || true
        kill %%1 %%2
        """
            .formatted(transport);
    try (MyriadProcess network =
        MyriadProcess.start(
            List.of(
                "unshare",
                "--net",
                "--map-root-user",
                "bash",
                "-c",
                script,
                MyriadProcess.launcher().toString(),
                folder.toString()))) {
      int exitCode = network.exitCode();
      assumeThat(network.err().toString())
          .describedAs("a network namespace may be made here")
          .doesNotContain("unshare failed", "Operation not permitted");
      assertThat(exitCode).describedAs("%s", network.err()).isZero();
      RunResult run = ShortLoad.latest(folder);
      assertThat(run.connections().open())
          .describedAs("%s %s", run.counters(), network.err())
          .isEqualTo(open);
      if (open < 80) {
        assertThat(run.counters()).containsEntry(Counter.NO_LOCAL_PORTS, 80L - open);
      }
    }
  }
}
