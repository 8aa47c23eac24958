package myriad.server.async;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UnsentTest {

  private final Kernel kernel = new Kernel();

  @Test
  void aLongMessageIsSentInSlicesUntilTheKernelTakesNoMore() throws IOException {
    ByteBuffer message = ByteBuffer.wrap(new byte[10 * Unsent.SLICE_BYTES]);
    kernel.room = 3 * Unsent.SLICE_BYTES + 5;

    Unsent.sendNow(kernel, message);

    assertThat(message.remaining()).isEqualTo(7 * Unsent.SLICE_BYTES - 5);
    assertThat(message.limit()).as("the message ends where it ended").isEqualTo(message.capacity());
    assertThat(kernel.mostOffered).isEqualTo(Unsent.SLICE_BYTES);
    assertThat(kernel.attempts).isEqualTo(4);
  }

  @Test
  void aMessageThatFitsIsSentAtOnce() throws IOException {
    Unsent.sendNow(kernel, ByteBuffer.wrap(new byte[Unsent.SLICE_BYTES]));

    assertThat(kernel.attempts).isEqualTo(1);
  }

  @Test
  void whatIsKeptIsOfferedASliceAtATime() throws IOException {
    Unsent unsent = new Unsent();
    unsent.add(ByteBuffer.wrap(new byte[Unsent.SLICE_BYTES - 1]));
    unsent.add(ByteBuffer.wrap(new byte[3 * Unsent.SLICE_BYTES]));

    unsent.sendSlice(kernel);

    assertThat(kernel.mostOffered).isEqualTo(Unsent.SLICE_BYTES);
    assertThat(unsent.bytes()).isEqualTo(3 * Unsent.SLICE_BYTES - 1);
  }

  @Test
  void smallMessagesAreSentTogetherInTheirOrder() throws IOException {
    Unsent unsent = new Unsent();
    for (String word : new String[] {"one ", "two ", "three"}) {
      unsent.add(ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)));
    }

    unsent.sendSlice(kernel);

    assertThat(kernel.attempts).isEqualTo(1);
    assertThat(kernel.taken.toString(StandardCharsets.US_ASCII)).isEqualTo("one two three");
    assertThat(unsent.bytes()).isZero();
  }

  @Test
  void whatTheKernelLeavesComesFirstTheNextTime() throws IOException {
    Unsent unsent = new Unsent();
    unsent.add(ByteBuffer.wrap("abcd".getBytes(StandardCharsets.US_ASCII)));
    unsent.add(ByteBuffer.wrap("efgh".getBytes(StandardCharsets.US_ASCII)));
    while (unsent.bytes() > 0) {
      kernel.room = 3;
      unsent.sendSlice(kernel);
    }

    assertThat(kernel.taken.toString(StandardCharsets.US_ASCII)).isEqualTo("abcdefgh");
  }

  @Test
  void aCopyIsKeptForTheCallersMemoryIsItsOwnAgain() throws IOException {
    byte[] message = "mine".getBytes(StandardCharsets.US_ASCII);
    Unsent unsent = new Unsent();
    unsent.add(ByteBuffer.wrap(message));
    Arrays.fill(message, (byte) 'x');

    unsent.sendSlice(kernel);

    assertThat(kernel.taken.toString(StandardCharsets.US_ASCII)).isEqualTo("mine");
  }

  /** Takes as much as it has room for, and counts what it was offered. */
  private static final class Kernel implements GatheringByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    int room = Integer.MAX_VALUE;
    long mostOffered;
    int attempts;

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      attempts++;
      long offered = 0;
      long sent = 0;
      for (ByteBuffer source : Arrays.asList(sources).subList(offset, offset + length)) {
        offered += source.remaining();
        byte[] part = new byte[Math.min(room, source.remaining())];
        source.get(part);
        taken.writeBytes(part);
        room -= part.length;
        sent += part.length;
      }
      mostOffered = Math.max(mostOffered, offered);
      return sent;
    }

    @Override
    public long write(ByteBuffer[] sources) {
      return write(sources, 0, sources.length);
    }

    @Override
    public int write(ByteBuffer source) {
      return (int) write(new ByteBuffer[] {source}, 0, 1);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
