package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.util.stream.Stream;
import myriad.server.AcceptFailure;
import myriad.server.CloseKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures as the JDK and Netty word them. */
class SocketFailuresTest {

  static Stream<Arguments> failedAccepts() {
    return Stream.of(
        Arguments.of(new IOException("Too many open files"), AcceptFailure.PROCESS_DESCRIPTORS),
        Arguments.of(
            new IOException("io_uring accept(..) failed with error(-24): Too many open files"),
            AcceptFailure.PROCESS_DESCRIPTORS),
        Arguments.of(
            new IOException("Too many open files in system"), AcceptFailure.HOST_DESCRIPTORS),
        Arguments.of(new IOException("No buffer space available"), AcceptFailure.MEMORY),
        Arguments.of(new IOException("Cannot allocate memory"), AcceptFailure.MEMORY),
        Arguments.of(new OutOfMemoryError("unable to create native thread"), AcceptFailure.MEMORY),
        Arguments.of(new IOException("Software caused connection abort"), AcceptFailure.OTHER),
        Arguments.of(new IOException(), AcceptFailure.OTHER));
  }

  static Stream<Arguments> failedConnections() {
    return Stream.of(
        Arguments.of(new SocketException("Connection reset"), CloseKind.PEER_RESET),
        Arguments.of(new IOException("Connection reset by peer"), CloseKind.PEER_RESET),
        Arguments.of(new IOException("Broken pipe"), CloseKind.PEER_RESET),
        Arguments.of(new IOException("No buffer space available"), CloseKind.FAILED),
        Arguments.of(new AsynchronousCloseException(), CloseKind.FAILED));
  }

  @ParameterizedTest
  @MethodSource("failedAccepts")
  void tellsWhyAcceptFailed(Throwable failure, AcceptFailure expected) {
    assertThat(SocketFailures.acceptFailure(failure)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("failedConnections")
  void tellsWhyAConnectionClosed(Throwable failure, CloseKind expected) {
    assertThat(SocketFailures.closeKind(failure)).isEqualTo(expected);
  }
}
