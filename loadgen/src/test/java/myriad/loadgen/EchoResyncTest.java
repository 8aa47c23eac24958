package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Echoes with bytes that were changed, left out or put in: what is broken is told by its kind, and
 * every whole echo behind it is recognised, however TCP cut the stream.
 */
class EchoResyncTest {

  private static final int CONNECTION = 0;
  private static final int MESSAGES = 30;

  /** More of them would take the place of a whole message. */
  private static final int MOST_SURPLUS = 9;

  /** More messages than any test has. */
  private static final int AWAITED = 1_000;

  private static final MessageSizes MIXED =
      new MessageSizes(
          List.of(
              new MessageSizes.Part(MOST_SURPLUS * 12, 400, 7),
              new MessageSizes.Part(3_000, 70_000, 1)),
          7);

  private final EchoFrame frame = EchoFrame.ofPattern(MIXED);

  /**
   * What the verifier told.
   *
   * @param replies how many answered a message, by fault; null for the right ones
   */
  private record Told(List<String> inOrder, Map<@Nullable Counter, Integer> replies) {
    int right() {
      return replies.getOrDefault(null, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 11, 12, 13, 40, 1_000})
  void bytesBeforeAMessageAreSurplusAndItIsRight(int surplus) {
    EchoFrame small = EchoFrame.ofPattern(MessageSizes.fixed(64));
    byte[] garbage = new byte[surplus];
    new Random(surplus).nextBytes(garbage);
    ByteBuf stream = Unpooled.buffer();
    small.write(stream, CONNECTION, 0, 64);
    small.write(stream, CONNECTION, 1, 64);
    stream.writeBytes(garbage);
    for (int sequence = 2; sequence < 20; sequence++) {
      small.write(stream, CONNECTION, sequence, 64);
    }
    for (int part : new int[] {1, 7, 64, stream.readableBytes()}) {
      Told told = read(small, stream.duplicate(), () -> part);
      long corrupt = told.inOrder.stream().filter(line -> line.startsWith("CORRUPT")).count();
      assertThat(corrupt)
          .as("%d surplus bytes, in parts of %d", surplus, part)
          .isEqualTo(surplus / 64 > 0 ? surplus / 64 : 0);
    }
  }

  @Test
  void wholeEchoesAreRecognisedBehindBrokenOnesHoweverTheyAreCut() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      Broken broken = new Broken(random);
      Told whole = read(frame, broken.stream.duplicate(), () -> Integer.MAX_VALUE);
      Told cut =
          read(frame, broken.stream.duplicate(), () -> 1 + random.nextInt(1 << random.nextInt(12)));
      assertThat(cut.inOrder)
          .as("seed %d: %s, told the same however it was cut", seed, broken.done)
          .isEqualTo(whole.inOrder);
      assertThat(whole.right())
          .as("seed %d: %s told as %s", seed, broken.done, whole.inOrder)
          .isEqualTo(broken.untouched);
    }
  }

  /**
   * The echoes of the messages, some of them broken behind their headers, or replaced whole: where
   * the header of a short one is broken too, the one behind it has come in its place.
   */
  private final class Broken {
    final ByteBuf stream = Unpooled.buffer();
    final List<String> done = new ArrayList<>();
    int untouched;

    Broken(Random random) {
      for (int sequence = 0; sequence < MESSAGES; sequence++) {
        int size = frame.sizeOf(CONNECTION, sequence);
        ByteBuf message = Unpooled.buffer(size);
        frame.write(message, CONNECTION, sequence, size);
        boolean last = sequence == MESSAGES - 1;
        append(message, last ? 9 : random.nextInt(12), size, random);
      }
    }

    private void append(ByteBuf message, int kind, int size, Random random) {
      int at = EchoFrame.HEADER_BYTES + random.nextInt(size - EchoFrame.HEADER_BYTES);
      boolean wasShort = !done.isEmpty() && done.getLast().startsWith("left out");
      switch (wasShort && kind == 4 ? 9 : kind) {
        case 0 -> {
          done.add("flipped byte " + at + " of " + size);
          message.setByte(at, message.getByte(at) ^ 1 + random.nextInt(255));
          stream.writeBytes(message);
        }
        case 1 -> {
          int length = 1 + random.nextInt(MOST_SURPLUS);
          done.add("put %d bytes before byte %d of %d".formatted(length, at, size));
          stream.writeBytes(message, at);
          stream.writeBytes(garbage(length, random));
          stream.writeBytes(message);
        }
        case 2 -> {
          done.add("put bytes before " + size);
          stream.writeBytes(garbage(1 + random.nextInt(MOST_SURPLUS), random));
          stream.writeBytes(message);
          untouched++;
        }
        case 3 -> {
          int length = 1 + random.nextInt(size - at);
          done.add("left out %d bytes from byte %d of %d".formatted(length, at, size));
          stream.writeBytes(message, at);
          stream.writeBytes(message.skipBytes(length));
        }
        case 4 -> {
          done.add("%d other bytes".formatted(size));
          stream.writeBytes(garbage(size, random));
        }
        default -> {
          done.add("as it is, " + size);
          stream.writeBytes(message);
          untouched++;
        }
      }
    }
  }

  private static byte[] garbage(int length, Random random) {
    byte[] garbage = new byte[length];
    if (random.nextBoolean()) {
      random.nextBytes(garbage);
    }
    return garbage;
  }

  private static Told read(EchoFrame frame, ByteBuf stream, IntSupplier parts) {
    EchoVerifier verifier = new EchoVerifier(frame, CONNECTION, true);
    List<String> inOrder = new ArrayList<>();
    Map<@Nullable Counter, Integer> replies = new HashMap<>();
    while (stream.isReadable()) {
      ByteBuf part = stream.readSlice(Math.min(stream.readableBytes(), parts.getAsInt()));
      while (part.isReadable()) {
        if (verifier.read(part, AWAITED)) {
          Counter fault = verifier.fault();
          assertThat(verifier.example()).isNotEmpty();
          if (fault == Counter.SURPLUS) {
            inOrder.add("SURPLUS " + verifier.surplusBytes());
          } else {
            inOrder.add(fault + " at " + verifier.place());
            replies.merge(fault, 1, Integer::sum);
          }
        }
      }
    }
    return new Told(inOrder, replies);
  }
}
