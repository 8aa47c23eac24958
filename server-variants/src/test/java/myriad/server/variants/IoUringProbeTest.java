package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import myriad.server.Availability;
import myriad.server.Availability.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said where io_uring does not run; failures as Netty throws them. */
@Timeout(20)
class IoUringProbeTest {

  private static final String EPERM = "failed to create io_uring ring fd: Operation not permitted";

  @TempDir Path sysctl;

  @Test
  void aSysctlIsNamedWithItsRemedy() throws IOException {
    Unavailable answer = probe("2", new RuntimeException(EPERM));

    assertThat(answer.reason()).isEqualTo("io_uring is disabled by sysctl");
    assertThat(answer.remedy()).isEqualTo("sysctl kernel.io_uring_disabled=0");
  }

  @Test
  void aSeccompProfileIsNotTakenForAMissingLibrary() throws IOException {
    Unavailable answer =
        probe("0", new IllegalStateException("no loop", new RuntimeException(EPERM)));

    assertThat(answer.reason()).isEqualTo("io_uring is forbidden to this process");
    assertThat(answer.detail()).contains("Operation not permitted");
    assertThat(answer.remedy()).contains("seccomp");
  }

  @Test
  void aKernelWithoutIoUringIsSaidToBeOne() throws IOException {
    Unavailable answer =
        probe("0", new RuntimeException("failed to create ring: Function not implemented"));

    assertThat(answer.reason()).isEqualTo("this kernel has no io_uring");
    assertThat(answer.remedy()).contains("Linux 5.19", "CONFIG_IO_URING");
  }

  @Test
  void aKernelWithoutRingsOfBuffersIsTooOld() throws IOException {
    Unavailable answer =
        probe("0", new UnsupportedOperationException("IORING_REGISTER_PBUF_RING is not supported"));

    assertThat(answer.reason()).isEqualTo("this kernel's io_uring is too old");
    assertThat(answer.detail()).contains("PBUF_RING");
    assertThat(answer.remedy()).contains("Linux 5.19");
  }

  @Test
  void aLibraryThatDidNotLoadIsNamed() throws IOException {
    Unavailable answer =
        probe("0", new UnsatisfiedLinkError("no netty_transport_native_io_uring42"));

    assertThat(answer.reason()).isEqualTo("native io_uring library did not load");
    assertThat(answer.detail()).contains("no netty_transport_native_io_uring42");
  }

  @Test
  void nativeCodeThatWasSwitchedOffIsNotMissing() {
    NativeLibraries switchedOff = new NativeLibraries("Linux", "amd64", true);

    Unavailable answer =
        unavailable(
            new IoUringProbe(switchedOff, sysctl), new UnsatisfiedLinkError("explicit disabled"));

    assertThat(answer.reason()).isEqualTo("native code is switched off");
    assertThat(answer.remedy()).contains("-Dio.netty.transport.noNative");
  }

  @Test
  void elsewhereThanOnLinuxNothingElseMatters() {
    NativeLibraries elsewhere = new NativeLibraries("Mac OS X", "aarch64", false);

    Unavailable answer =
        unavailable(new IoUringProbe(elsewhere, sysctl), new RuntimeException(EPERM));

    assertThat(answer.reason()).isEqualTo("not Linux");
    assertThat(answer.detail()).isEqualTo("Mac OS X aarch64");
  }

  @Test
  void aRingThatOpensAndClosesIsAllThatIsNeeded() {
    IoUringProbe probe = new IoUringProbe(new NativeLibraries("Linux", "amd64", false), sysctl);

    assertThat(probe.probe(() -> {})).isInstanceOf(Availability.Available.class);
  }

  private Unavailable probe(String disabled, Throwable failure) throws IOException {
    Path file = Files.writeString(sysctl.resolve("io_uring_disabled"), disabled + "\n");
    return unavailable(
        new IoUringProbe(new NativeLibraries("Linux", "amd64", false), file), failure);
  }

  private static Unavailable unavailable(IoUringProbe probe, Throwable failure) {
    Availability answer =
        probe.probe(
            () -> {
              switch (failure) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                default -> throw new IOException(failure);
              }
            });
    return (Unavailable) answer;
  }
}
