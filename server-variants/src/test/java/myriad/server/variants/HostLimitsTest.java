package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import myriad.server.Availability;
import myriad.server.Availability.Available;
import myriad.server.Availability.Unavailable;
import myriad.server.ServerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said where limits do not bear what is asked; hosts are files in a folder. */
@Timeout(20)
class HostLimitsTest {

  private static final String USER_WITHOUT_PRIVILEGES =
      "Uid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\n";
  private static final ServerConfig POOL_OF_100 = ServerConfig.loopback().withThreads(100);

  @TempDir Path host;

  @BeforeEach
  void setUpAHostOfManyThreads() throws IOException {
    write("proc/sys/kernel/pid_max", "32768\n");
    write("proc/sys/kernel/threads-max", "192730\n");
    write("proc/sys/vm/max_map_count", "65530\n");
    write("proc/self/status", USER_WITHOUT_PRIVILEGES);
    limit("96365", "20000");
    write("proc/self/cgroup", "0::/user.slice/app\n");
  }

  @Test
  void theLowestOfTheLimitsOfTheKernelIsNamed() throws IOException {
    assertThat(limits().threads()).isEqualTo(new ThreadLimit(32_765, "vm.max_map_count"));

    write("proc/sys/kernel/threads-max", "1000\n");
    assertThat(limits().threads()).isEqualTo(new ThreadLimit(1_000, "kernel.threads-max"));
  }

  @Test
  void aGroupAboveBoundsThoseWithinIt() throws IOException {
    write("cgroup/user.slice/app/pids.max", "max\n");
    write("cgroup/user.slice/pids.max", "90\n");
    write("cgroup/user.slice/pids.current", "40\n");
    write("cgroup/pids.max", "5000\n");

    assertThat(limits().threads())
        .isEqualTo(new ThreadLimit(50, "pids.max of control group /user.slice"));
  }

  @Test
  void groupsOfVersionOneHaveAHierarchyForTasks() throws IOException {
    write("proc/self/cgroup", "9:name=systemd:/\n8:cpu,pids:/jobs/7\n4:memory:/other\n0::/\n");
    write("cgroup/memory/other/pids.max", "1\n");
    write("cgroup/pids/jobs/7/pids.max", "300\n");
    write("cgroup/pids/jobs/7/pids.current", "1\n");

    assertThat(limits().threads())
        .isEqualTo(new ThreadLimit(299, "pids.max of control group /jobs/7"));
  }

  /** It sees its own group as the root, whatever path the host has for it. */
  @Test
  void aContainerIsBoundByTheGroupThatItTakesForTheRoot() throws IOException {
    write("cgroup/pids.max", "70\n");

    for (String path : new String[] {"/", "/docker/4711", "/../../4711"}) {
      write("proc/self/cgroup", "0::" + path + "\n");
      assertThat(limits().threads())
          .as("told the path %s", path)
          .isEqualTo(new ThreadLimit(70, "pids.max of control group /"));
    }
  }

  @Test
  void threadsOfAUserAreLimitedUnlessItIsPrivileged() throws IOException {
    limit("120", "20000");
    assertThat(limits().threads()).isEqualTo(new ThreadLimit(120, "ulimit -u"));

    write("proc/self/status", "Uid:\t1000\t0\t0\t0\nCapEff:\t0000000001000000\n");
    assertThat(limits().threads().name()).as("CAP_SYS_RESOURCE").isNotEqualTo("ulimit -u");

    write("proc/self/status", "Uid:\t0\t0\t0\t0\nCapEff:\t0000000000000000\n");
    assertThat(limits().threads().name()).as("root").isNotEqualTo("ulimit -u");
  }

  @Test
  void whatCannotBeReadLimitsNothing() {
    HostLimits elsewhere = new HostLimits(host.resolve("none"), host.resolve("neither"));

    assertThat(elsewhere.threads()).isEqualTo(ThreadLimit.NONE);
    assertThat(elsewhere.bear(ThreadPool.demand(POOL_OF_100), "found"))
        .isEqualTo(new Available("found"));
  }

  @Test
  void aPoolIsHeldAgainstTheThreadsThatAreAskedFor() throws IOException {
    limit("130", "20000");

    assertThat(limits().bear(ThreadPool.demand(POOL_OF_100), "")).isInstanceOf(Available.class);
    Unavailable refusal = refusal(ThreadPool.demand(ServerConfig.loopback()));
    assertThat(refusal.reason()).isEqualTo("too few threads");
    assertThat(refusal.detail())
        .isEqualTo("a pool of 200 threads: 225 threads, where ulimit -u allows 130");
    assertThat(refusal.remedy()).isEqualTo("raise ulimit -u, or ask for fewer (--threads)");
  }

  @Test
  void aPoolIsHeldAgainstTheDescriptorsOfItsConnections() throws IOException {
    limit("96365", "149");

    Unavailable refusal = refusal(ThreadPool.demand(POOL_OF_100));
    assertThat(refusal.reason()).isEqualTo("too few descriptors");
    assertThat(refusal.detail())
        .isEqualTo("a pool of 100 threads: 150 descriptors, where ulimit -n allows 149");
    assertThat(refusal.remedy()).isEqualTo("raise ulimit -n, or ask for fewer (--threads)");

    limit("96365", "150");
    assertThat(limits().bear(ThreadPool.demand(POOL_OF_100), "")).isInstanceOf(Available.class);
  }

  @Test
  void processesAreHeldAgainstTheThreadsOfTheirJvms() throws IOException {
    write("cgroup/user.slice/app/pids.max", "1000\n");

    assertThat(limits().bear(Prefork.demand(ServerConfig.loopback()), ""))
        .isInstanceOf(Available.class);
    assertThat(refusal(Prefork.demand(POOL_OF_100)).detail())
        .startsWith("100 processes: 2,625 threads, where pids.max of control group");
  }

  @Test
  void eventLoopsAreHeldAgainstTheDescriptorsThatTheyWaitWith() throws IOException {
    limit("96365", "unlimited");
    assertThat(limits().bear(Demand.ofLoops(400, 3), "")).isInstanceOf(Available.class);

    limit("96365", "1000");
    assertThat(refusal(Demand.ofLoops(400, 3)).detail())
        .isEqualTo("400 event loops: 1,250 descriptors, where ulimit -n allows 1,000");
  }

  @Test
  void connectionsOnThreadsEndAtWhicheverLimitIsLower() throws IOException {
    assertThat(limits().mostConnectionsOnThreads())
        .isEqualTo("at most 20,000 connections: ulimit -n");

    limit("500", "20000");
    assertThat(limits().mostConnectionsOnThreads()).isEqualTo("at most 500 connections: ulimit -u");
  }

  private HostLimits limits() {
    return new HostLimits(host.resolve("proc"), host.resolve("cgroup"));
  }

  private Unavailable refusal(Demand demand) {
    Availability answer = limits().bear(demand, "");
    assertThat(answer).isInstanceOf(Unavailable.class);
    return (Unavailable) answer;
  }

  private void limit(String processes, String openFiles) throws IOException {
    write(
        "proc/self/limits",
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max processes             %-20s unlimited            processes
        Max open files            %-20s unlimited            files
        """
            .formatted(processes, openFiles));
  }

  private void write(String file, String content) throws IOException {
    Path path = host.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
