package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A blocking client of an echo server; no call of it waits longer than {@link Await#LIMIT}. */
final class EchoClient implements AutoCloseable {

  private static final int READ_BYTES = 64 * 1024;

  private final Socket socket;

  private EchoClient(Socket socket) {
    this.socket = socket;
  }

  static EchoClient connect(InetSocketAddress server) throws IOException {
    return connect(server, Duration.ofSeconds(10));
  }

  static EchoClient connect(InetSocketAddress server, Duration timeout) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) Await.LIMIT.toMillis());
      socket.connect(server, (int) timeout.toMillis());
      return new EchoClient(socket);
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void send(byte[] bytes, int from, int length) throws IOException {
    socket.getOutputStream().write(bytes, from, length);
  }

  /**
   * Reads the payload from position {@code from} on, and compares every byte.
   *
   * @throws EOFException if the stream ends before {@code length} bytes
   */
  void expect(long from, long length) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[READ_BYTES];
    long received = 0;
    while (received < length) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, length - received));
      if (read < 0) {
        throw new EOFException("end of stream after %d of %d bytes".formatted(received, length));
      }
      Payload.assertIntact(buffer, read, from + received);
      received += read;
    }
  }

  /** Sends {@code length} bytes of the payload and reads them back, both at once. */
  void roundTrip(int length) throws IOException {
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                send(Payload.bytes(0, length));
              } catch (IOException failure) {
                throw new UncheckedIOException(failure);
              }
            },
            task -> Thread.ofVirtual().start(task));
    expect(0, length);
    sending.orTimeout(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  void finishSending() throws IOException {
    socket.shutdownOutput();
  }

  void expectEnd() throws IOException {
    assertThat(socket.getInputStream().read()).as("end of stream").isEqualTo(-1);
  }

  /** The server is gone; a connection that it never accepted was reset by the kernel. */
  void expectEndOrReset() throws IOException {
    try {
      expectEnd();
    } catch (SocketTimeoutException stillOpen) {
      throw stillOpen;
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }

  /** How many echoed bytes can be read without waiting. */
  int bytesArrived() {
    try {
      return socket.getInputStream().available();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Closes with a reset instead of an orderly end. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes before the end of the block that opened it. */
  void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
