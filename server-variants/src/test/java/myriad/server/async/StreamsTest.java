package myriad.server.async;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StreamsTest extends AsyncTestCase {

  private static final int MIB = 1024 * 1024;

  /** What a test does with a server whose handler it gave, and a connection to it. */
  @FunctionalInterface
  private interface Dialogue {
    void hold(StreamReader reader, StreamWriter writer) throws Exception;
  }

  @Override
  Poller poller() {
    try {
      return new SelectorPoller();
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  @Test
  void whatIsWrittenOnOneSideIsReadOnTheOther() throws Exception {
    converse(
        StreamsTest::echo,
        (reader, writer) -> {
          writer.write(bytes("hello"));
          writer.drain();
          assertThat(reader.readExactly(5)).isEqualTo(bytes("hello"));
        });
  }

  @Test
  void readGivesWhatIsThereWithoutWaitingForMore() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abc")),
        (reader, writer) -> assertThat(reader.read(100)).isEqualTo(bytes("abc")));
  }

  @Test
  void readTakesNoMoreThanAskedForAndKeepsTheRest() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("abcdef")),
        (reader, writer) -> {
          assertThat(reader.readExactly(1)).isEqualTo(bytes("a"));
          assertThat(reader.read(2)).isEqualTo(bytes("bc"));
          assertThat(reader.read(100)).isEqualTo(bytes("def"));
        });
  }

  @Test
  void readIsEmptyAtTheEndOfTheStream() throws Exception {
    converse(
        (reader, writer) -> writer.close(),
        (reader, writer) -> {
          assertThat(reader.read(10)).isEmpty();
          assertThat(reader.isAtEnd()).isTrue();
          assertThat(reader.read(10)).isEmpty();
        });
  }

  @Test
  void readAllTakesEverythingUpToTheEnd() throws Exception {
    converse(
        (reader, writer) -> {
          for (int i = 0; i < 10; i++) {
            writer.write(new byte[50_000]);
            writer.drain();
          }
          writer.close();
        },
        (reader, writer) -> assertThat(reader.readAll()).hasSize(500_000));
  }

  @Test
  void readExactlyWaitsForAllItsBytes() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("12"));
          sleep(ms(20));
          writer.write(bytes("345"));
        },
        (reader, writer) -> {
          assertThat(reader.readExactly(4)).isEqualTo(bytes("1234"));
          assertThat(reader.readExactly(1)).isEqualTo(bytes("5"));
        });
  }

  @Test
  void readExactlyTellsWhatCameBeforeAnEarlyEnd() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("123"));
          writer.close();
        },
        (reader, writer) ->
            assertThatExceptionOfType(IncompleteReadException.class)
                .isThrownBy(() -> reader.readExactly(10))
                .satisfies(early -> assertThat(early.partial()).isEqualTo(bytes("123"))));
  }

  @Test
  void readExactlyNothingReturnsAtOnce() throws Exception {
    converse(
        (reader, writer) -> sleep(ms(1)),
        (reader, writer) -> assertThat(reader.readExactly(0)).isEmpty());
  }

  @Test
  void readUntilTakesTheSeparatorTooAndLeavesTheRest() throws Exception {
    converse(
        (reader, writer) -> writer.write(bytes("key: value; rest!")),
        (reader, writer) -> {
          assertThat(reader.readUntil(bytes(": "))).isEqualTo(bytes("key: "));
          assertThat(reader.readUntil(bytes(";"))).isEqualTo(bytes("value;"));
          assertThat(reader.readExactly(6)).isEqualTo(bytes(" rest!"));
        });
  }

  @Test
  void readUntilFindsASeparatorThatArrivesInPieces() throws Exception {
    converse(
        (reader, writer) -> {
          for (String piece : List.of("ab\r", "\n", "\r", "\ncd")) {
            writer.write(bytes(piece));
            sleep(ms(10));
          }
        },
        (reader, writer) ->
            assertThat(reader.readUntil(bytes("\r\n\r\n"))).isEqualTo(bytes("ab\r\n\r\n")));
  }

  @Test
  void readUntilTellsWhatCameBeforeAnEarlyEnd() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("no newline"));
          writer.close();
        },
        (reader, writer) ->
            assertThatExceptionOfType(IncompleteReadException.class)
                .isThrownBy(() -> reader.readUntil(bytes("\n")))
                .satisfies(early -> assertThat(early.partial()).hasSize(10)));
  }

  @Test
  void readUntilGivesUpBehindTheLimitAndTheBytesStay() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(new byte[StreamReader.DEFAULT_LIMIT_BYTES + 1]);
          writer.write(bytes("\n"));
          sleep(ms(50));
        },
        (reader, writer) -> {
          assertThatExceptionOfType(LimitOverrunException.class)
              .isThrownBy(() -> reader.readUntil(bytes("\n")))
              .satisfies(late -> assertThat(late.consumedBytes()).isGreaterThan(64 * 1024));
          assertThat(reader.readExactly(StreamReader.DEFAULT_LIMIT_BYTES + 2)).endsWith('\n');
        });
  }

  @Test
  void anEmptySeparatorIsRefused() throws Exception {
    converse(
        (reader, writer) -> sleep(ms(1)),
        (reader, writer) ->
            assertThatIllegalArgumentException()
                .isThrownBy(reader::readUntil)
                .withMessageContaining("one byte or more"));
  }

  @Test
  void readLineGivesLinesAndTheUnfinishedLast() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(bytes("one\ntwo\nthree"));
          writer.close();
        },
        (reader, writer) -> {
          assertThat(reader.readLine()).isEqualTo(bytes("one\n"));
          assertThat(reader.readLine()).isEqualTo(bytes("two\n"));
          assertThat(reader.readLine()).isEqualTo(bytes("three"));
          assertThat(reader.readLine()).isEmpty();
        });
  }

  @Test
  void halfCloseEndsOneDirectionOnly() throws Exception {
    converse(
        (reader, writer) -> {
          byte[] all = reader.readAll();
          writer.write(bytes("got " + all.length));
          writer.close();
        },
        (reader, writer) -> {
          writer.write(new byte[10_000]);
          writer.writeEnd();
          assertThat(reader.readAll()).isEqualTo(bytes("got 10000"));
        });
  }

  @Test
  void writingAfterTheEndIsRefused() throws Exception {
    converse(
        (reader, writer) -> reader.readAll(),
        (reader, writer) -> {
          writer.writeEnd();
          assertThatIllegalStateException()
              .isThrownBy(() -> writer.write(bytes("more")))
              .withMessageContaining("after writeEnd");
        });
  }

  @Test
  void drainDoesNotWaitBelowTheHighWaterMark() throws Exception {
    converse(
        StreamsTest::echo,
        (reader, writer) -> {
          writer.write(bytes("little"));
          loop.callSoon(() -> trace("other"));
          writer.drain();
          assertTrace();
        });
  }

  @Test
  void drainWaitsAboveTheHighWaterMarkUntilTheLowOneIsReached() throws Exception {
    converse(
        (reader, writer) -> {
          sleep(ms(30));
          reader.readAll();
        },
        (reader, writer) -> {
          writer.setWriteBufferLimits(100_000, 1_000);
          writer.write(new byte[20 * MIB]);
          assertThat(writer.isPaused()).isTrue();
          assertThat(writer.unsentBytes()).isGreaterThan(100_000);
          writer.drain();
          assertThat(writer.isPaused()).isFalse();
          assertThat(writer.unsentBytes()).isLessThanOrEqualTo(1_000);
        });
  }

  @Test
  void cancellingOneThatDrainsLeavesTheOtherWaiting() throws Exception {
    converse(
        (reader, writer) -> {
          sleep(ms(50));
          reader.readAll();
        },
        (reader, writer) -> {
          writer.write(new byte[20 * MIB]);
          Task<Void> one = createTask(writer::drain);
          Task<Void> two = createTask(writer::drain);
          turns(2);
          one.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(one::await);
          assertThat(two.isDone()).isFalse();
          two.await();
        });
  }

  @Test
  void closeSendsWhatIsStillUnsent() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(new byte[20 * MIB]);
          writer.close();
          writer.waitClosed();
        },
        (reader, writer) -> assertThat(reader.readAll()).hasSize(20 * MIB));
  }

  @Test
  void abortDropsWhatIsUnsent() throws Exception {
    converse(
        (reader, writer) -> {
          writer.write(new byte[20 * MIB]);
          writer.abort();
          assertThat(writer.unsentBytes()).isZero();
        },
        (reader, writer) -> {
          int received = 0;
          for (byte[] part = reader.read(MIB); part.length > 0; part = reader.read(MIB)) {
            received += part.length;
          }
          assertThat(received).isLessThan(20 * MIB);
        });
  }

  @Test
  void closingWakesATaskThatReads() throws Exception {
    converse(
        (reader, writer) -> sleep(ms(200)),
        (reader, writer) -> {
          Task<byte[]> reading = createTask(() -> reader.read(10));
          turns(2);
          writer.close();
          assertThat(reading.await()).isEmpty();
        });
  }

  @Test
  void aResetIsThrownByReadAndByDrain() throws Exception {
    run(
        () -> {
          Future<StreamWriter> lost = loop.createFuture();
          StreamServer server =
              Streams.startServer(
                  anyPort(),
                  (reader, writer) -> {
                    reader.readExactly(1);
                    assertThatIOException().isThrownBy(() -> reader.read(10));
                    lost.setResult(writer);
                  });
          InetSocketAddress address = server.address();
          Async.runInExecutor(() -> sendOneByteAndReset(address)).await();
          StreamWriter writer = lost.await();
          assertThatIOException().isThrownBy(writer::drain);
          assertThat(writer.isClosing()).isTrue();
          server.close();
        });
  }

  @Test
  void twoTasksMayNotReadFromOneStream() throws Exception {
    converse(
        StreamsTest::echo,
        (reader, writer) -> {
          Task<byte[]> first = createTask(() -> reader.read(10));
          turns(2);
          assertThatIllegalStateException()
              .isThrownBy(() -> reader.read(10))
              .withMessageContaining("one at a time");
          writer.write(bytes("x"));
          assertThat(first.await()).isEqualTo(bytes("x"));
        });
  }

  @Test
  void aReadMayBeTimedOutAndTriedAgain() throws Exception {
    converse(
        StreamsTest::echo,
        (reader, writer) -> {
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(() -> Async.timeout(ms(10), () -> reader.read(10)));
          writer.write(bytes("again"));
          assertThat(reader.readExactly(5)).isEqualTo(bytes("again"));
        });
  }

  @Test
  void aSocketThatIsAlwaysReadyStarvesNobody() throws Exception {
    converse(
        (reader, writer) -> {
          while (true) {
            writer.write(new byte[10_000]);
            writer.drain();
          }
        },
        (reader, writer) -> {
          Task<Void> greedy =
              createTask(
                  () -> {
                    while (true) {
                      reader.read(100);
                    }
                  });
          for (int i = 0; i < 20; i++) {
            sleep(ms(1));
          }
          assertThat(greedy.isDone()).isFalse();
          greedy.cancel();
        });
  }

  @Test
  void aThousandConnectionsAreServedAtOnce() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTest::echo);
          List<Task<Integer>> clients = new ArrayList<>();
          for (int i = 0; i < 1_000; i++) {
            int number = i;
            clients.add(createTask(() -> askEcho(server.address(), number)));
          }
          assertThat(Async.<Integer>gather(clients).await())
              .hasSize(1_000)
              .startsWith(0, 1, 2)
              .endsWith(999);
          server.close();
        });
  }

  @Test
  void aHandlerThatFailsIsReportedAndItsConnectionClosed() throws Exception {
    converse(
        (reader, writer) -> {
          throw new IOException("handler");
        },
        (reader, writer) -> {
          assertThat(reader.read(10)).isEmpty();
          assertReported("a connection's handler failed");
        });
  }

  @Test
  void aClosedServerServesItsConnectionsOn() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTest::echo);
          InetSocketAddress address = server.address();
          Connection connection = Streams.openConnection(address);
          connection.writer().write(bytes("1"));
          connection.reader().readExactly(1);
          server.close();
          assertThat(server.isServing()).isFalse();
          turns(3);
          assertThatIOException().isThrownBy(() -> Streams.openConnection(address));
          connection.writer().write(bytes("2"));
          assertThat(connection.reader().readExactly(1)).isEqualTo(bytes("2"));
          assertThat(server.openConnections()).isEqualTo(1);
          connection.writer().close();
          server.waitClosed();
          assertThat(server.openConnections()).isZero();
        });
  }

  @Test
  void cancelConnectionsEndsTheHandlersAndClosesTheirConnections() throws Exception {
    run(
        () -> {
          StreamServer server =
              Streams.startServer(anyPort(), (reader, writer) -> sleep(ms(1_000_000)));
          Connection connection = Streams.openConnection(server.address());
          while (server.openConnections() == 0) {
            sleep(ms(1));
          }
          server.close();
          server.cancelConnections();
          server.waitClosed();
          assertThat(connection.reader().read(1)).isEmpty();
        });
  }

  @Test
  void connectingToNobodyThrows() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTest::echo);
          InetSocketAddress address = server.address();
          server.close();
          turns(3);
          assertThatIOException().isThrownBy(() -> Streams.openConnection(address));
        });
  }

  @Test
  void aNameIsLookedUpInTheExecutor() throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), StreamsTest::echo);
          InetSocketAddress unresolved =
              InetSocketAddress.createUnresolved(
                  server.address().getHostString(), server.address().getPort());
          Connection connection = Streams.openConnection(unresolved);
          connection.writer().write(bytes("x"));
          assertThat(connection.reader().readExactly(1)).isEqualTo(bytes("x"));
          connection.writer().close();
          server.close();
        });
  }

  @Test
  void waterMarksAreValidated() throws Exception {
    converse(
        StreamsTest::echo,
        (reader, writer) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.setWriteBufferLimits(1, 2))
                .withMessageContaining("high >= low"));
  }

  private void converse(Connection.Handler handler, Dialogue dialogue) throws Exception {
    run(
        () -> {
          StreamServer server = Streams.startServer(anyPort(), handler);
          Connection connection = Streams.openConnection(server.address());
          try {
            dialogue.hold(connection.reader(), connection.writer());
          } finally {
            connection.writer().abort();
            server.close();
            server.cancelConnections();
            server.waitClosed();
          }
        });
  }

  private static boolean sendOneByteAndReset(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(1);
      socket.setSoLinger(true, 0);
      return true;
    }
  }

  private static int askEcho(InetSocketAddress address, int number) throws Exception {
    Connection connection = Streams.openConnection(address);
    byte[] question = bytes("%06d".formatted(number));
    connection.writer().write(question);
    byte[] answer = connection.reader().readExactly(question.length);
    connection.writer().close();
    return Integer.parseInt(new String(answer, US_ASCII));
  }

  private static void echo(StreamReader reader, StreamWriter writer) throws IOException {
    try {
      for (byte[] data = reader.read(1_000); data.length > 0; data = reader.read(1_000)) {
        writer.write(data);
        writer.drain();
      }
    } finally {
      writer.close();
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
