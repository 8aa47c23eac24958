package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import myriad.loadgen.host.HostLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCheckTest {

  @TempDir Path proc;

  @Test
  void aPlanWithinTheLimitsPasses() throws Exception {
    assertThatCode(() -> HostCheck.require(plan(10_000), host("20000", "32768\t60999")))
        .doesNotThrowAnyException();
  }

  @Test
  void tooFewDescriptorsAreNamedWithTheRemedy() {
    assertThatThrownBy(() -> HostCheck.require(plan(10_000), host("10050", "32768\t60999")))
        .isInstanceOf(HostLimitException.class)
        .hasMessageContainingAll("10,000", "10,050", "ulimit -n", "at most 9,944");
  }

  @Test
  void tooFewPortsAreNamedWithTheRemedy() {
    assertThatThrownBy(() -> HostCheck.require(plan(30_000), host("unlimited", "32768\t60999")))
        .isInstanceOf(HostLimitException.class)
        .hasMessageContainingAll("30,000", "28,232", "ip_local_port_range");
  }

  @Test
  void moreSourcesOrTargetsHaveMorePorts() throws Exception {
    assertThatCode(() -> HostCheck.require(spread().build(), host("unlimited", "32768 60999")))
        .doesNotThrowAnyException();
  }

  @Test
  void aSourceThatIsNoAddressOfThisHostIsNamed() throws Exception {
    LoadPlan.Builder plan =
        spread().connections(10).sources(List.of(InetAddress.getByName("192.0.2.1")));

    assertThatThrownBy(() -> HostCheck.require(plan.build(), host("unlimited", "32768 60999")))
        .isInstanceOf(HostLimitException.class)
        .hasMessageContainingAll("--source-ip 192.0.2.1", "no address of this host");
  }

  /** Only epoll leaves the port of a source address open until the target is known. */
  @Test
  void whereASourceTakesAPortOtherTargetsHaveNoMore() {
    LoadPlan.Builder twoByTwo = spread().transport(Transport.NIO);

    assertThatCode(
            () ->
                HostCheck.require(
                    twoByTwo.connections(56_000).build(), host("unlimited", "32768 60999")))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                HostCheck.require(
                    twoByTwo.connections(57_000).build(), host("unlimited", "32768 60999")))
        .isInstanceOf(HostLimitException.class)
        .hasMessageContainingAll("57,000", "28,232 of one address", "--transport epoll");
  }

  /** Two sources and two targets. */
  private static LoadPlan.Builder spread() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return LoadPlan.against(
            List.of(new InetSocketAddress(loopback, 7), new InetSocketAddress(loopback, 8)))
        .sources(List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.3")))
        .connections(100_000);
  }

  @Test
  void theLimitsOfThisHostCanBeRead() {
    assertThat(new HostLimits().openFiles()).isPresent();
    assertThat(new HostLimits().ephemeralPorts()).isPresent();
    assertThat(new HostLimits().all().get("kernel.pid_max"))
        .as("all of its digits, not only the first")
        .matches("[0-9]{4,7}");
    assertThat(new HostLimits().all()).containsKeys("open files", "net.core.somaxconn");
  }

  private HostLimits host(String openFiles, String ports) throws Exception {
    Files.createDirectories(proc.resolve("self"));
    Files.createDirectories(proc.resolve("sys/net/ipv4"));
    Files.writeString(
        proc.resolve("self/limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             95000                95000                processes
        Max open files            %s                20000                files
        """
            .formatted(openFiles));
    Files.writeString(proc.resolve("sys/net/ipv4/ip_local_port_range"), ports + "\n");
    return new HostLimits(proc);
  }

  private static LoadPlan plan(int connections) {
    return LoadPlan.against(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7))
        .connections(connections)
        .eventLoops(2)
        .build();
  }
}
