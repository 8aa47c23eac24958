package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import myriad.results.Counter;
import myriad.results.ErrorKind;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Errors of the generator's own host, by the limits that cause them. A network namespace of its own
 * gives a test few ports and no routes, and lets nothing out.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ErrorsIT {

  @TempDir Path folder;

  /** Descriptors that the load inherits come on top of those it knows to reckon with. */
  @Test
  void runningOutOfDescriptorsIsCountedAsThat() throws Exception {
    Programs.assumeInstalled("prlimit");
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess load =
            bash(
                """
                for i in {1..98}; do exec {fd}</dev/null; done
                exec prlimit --nofile=303:303 "$MYRIAD" load 127.0.0.1:%d -c 200 -t 1 -d 200ms --warmup 0 -o "$OUT"
                """
                    .formatted(server.port()))) {
      assertThat(load.exitCode()).as("%s", load.err()).isEqualTo(ExitCode.TARGET_FAILED.number());
      assertIsOnlyError(Counter.NO_DESCRIPTORS, "too many open files", "ulimit -n");
      assertThat(load.out())
          .as("the terminal names kind, example and remedy")
          .anyMatch(
              line ->
                  line.contains("out of descriptors, first after") && line.contains("ulimit -n"));
    }
  }

  /** That limit is the whole host's, so the kernel's answer is put in its mouth. */
  @Test
  void runningOutOfWatchesOfEpollIsCountedAsThat() throws Exception {
    Programs.assumeInstalled("strace");
    try (TestEcho server = TestEcho.delaying(1, Duration.ZERO);
        MyriadProcess load =
            bash(
                """
                strace -o /dev/null true || exit 77
                exec strace -f -qq -o /dev/null -e trace=epoll_ctl -e inject=epoll_ctl:error=ENOSPC:when=10+ \
                  "$MYRIAD" load 127.0.0.1:%d -c 20 -t 1 -d 200ms --warmup 0 -o "$OUT"
                """
                    .formatted(server.port()))) {
      int exitCode = load.exitCode();
      assumeThat(exitCode).as("77 where processes may not be traced").isNotEqualTo(77);
      assertThat(exitCode).as("%s", load.err()).isEqualTo(ExitCode.TARGET_FAILED.number());
      assertIsOnlyError(
          Counter.NO_KERNEL_RESOURCES, "no space left on device", "fs.epoll.max_user_watches");
    }
  }

  @Test
  void runningOutOfPortsIsCountedAsThat() throws Exception {
    try (MyriadProcess load =
        inNamespace(
            """
            echo 40000 40049 > /proc/sys/net/ipv4/ip_local_port_range
            "$MYRIAD" serve nio-selector --port 30000 --json > /dev/null &
            server=$!
            until exec {fd}<>/dev/tcp/127.0.0.1/30000; do :; done 2> /dev/null
            for i in {1..19}; do exec {fd}<>/dev/tcp/127.0.0.1/30000; done
            "$MYRIAD" load 127.0.0.1:30000 -c 45 -d 200ms --warmup 0 -o "$OUT"
            code=$?
            kill $server
            exit $code
            """)) {
      assertThat(load.exitCode()).as("%s", load.err()).isEqualTo(ExitCode.TARGET_FAILED.number());
      assertIsOnlyError(
          Counter.NO_LOCAL_PORTS, "cannot assign requested address", "ip_local_port_range");
    }
  }

  @Test
  void aTargetWithoutARouteIsUnreachable() throws Exception {
    try (MyriadProcess load =
        inNamespace("\"$MYRIAD\" load 192.0.2.1:7 -c 3 -d 200ms --warmup 0 -o \"$OUT\"")) {
      assertThat(load.exitCode()).as("%s", load.err()).isEqualTo(ExitCode.TARGET_FAILED.number());
      assertIsOnlyError(Counter.CONNECT_UNREACHABLE, "unreachable", "route");
    }
  }

  private void assertIsOnlyError(Counter counter, String example, String remedy) throws Exception {
    RunResult run = KeptRun.first(folder);
    assertThat(run.errorKinds()).extracting(ErrorKind::counter).containsExactly(counter);
    ErrorKind kind = run.errorKinds().getFirst();
    assertThat(kind.count()).isEqualTo(run.errors()).isPositive();
    assertThat(kind.example()).containsIgnoringCase(example);
    assertThat(kind.remedy()).contains(remedy);
    assertThat(run.intervals())
        .anySatisfy(interval -> assertThat(interval.errorsByKind()).containsKey(counter));
    assertThat(Files.readString(KeptRun.directory(folder).resolve("report.html")))
        .contains(kind.remedy());
  }

  private MyriadProcess inNamespace(String script) throws Exception {
    boolean may =
        Stream.of("unshare", "ip").allMatch(Programs::isInstalled)
            && new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0;
    assumeThat(may).as("network namespaces may be made here").isTrue();
    return start(List.of("unshare", "--net", "bash", "-c", "ip link set lo up\n" + script));
  }

  private MyriadProcess bash(String script) {
    return start(List.of("bash", "-c", script));
  }

  private MyriadProcess start(List<String> command) {
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put("MYRIAD", MyriadProcess.launcher().toString());
    process.environment().put("OUT", folder.toString());
    return MyriadProcess.start(process);
  }
}
