package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ports of this host that connections come from. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SourcePortsIT {

  @TempDir Path folder;

  /** From one address more than 50, as the port is chosen in connect(), where the target counts. */
  @Test
  void portsOfASourceAddressAreSharedBetweenTargets() throws Exception {
    try (MyriadProcess network = loadFromFiftyPorts("epoll")) {
      RunResult run = KeptRun.first(folder);
      assertThat(run.connections().open())
          .describedAs("%s %s", run.counters(), network.err())
          .isEqualTo(80);
    }
  }

  @Test
  void aTransportThatCannotShareThemIsRefused() throws Exception {
    try (MyriadProcess network = loadFromFiftyPorts("nio")) {
      assertThat(network.err())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("--connections 80", "50 of one address", "--transport epoll"));
      assertThat(folder).isEmptyDirectory();
    }
  }

  /** 80 connections to two targets, in a network of their own with 50 source ports; ended. */
  private MyriadProcess loadFromFiftyPorts(String transport) throws Exception {
    Programs.assumeInstalled("unshare");
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
    MyriadProcess network =
        MyriadProcess.start(
            List.of(
                "unshare",
                "--net",
                "--map-root-user",
                "bash",
                "-c",
                script,
                MyriadProcess.launcher().toString(),
                folder.toString()));
    int exitCode = network.exitCode();
    assumeThat(network.err().toString())
        .describedAs("a network namespace may be made here")
        .doesNotContain("unshare failed", "Operation not permitted");
    assertThat(exitCode).describedAs("%s", network.err()).isZero();
    return network;
  }
}
