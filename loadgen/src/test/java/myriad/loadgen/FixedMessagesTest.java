package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import myriad.results.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies told by their bytes, their length, or their end. */
class FixedMessagesTest {

  private static final String RIGHT = "right";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void exactBytesAreComparedHoweverTheyAreCut(int part) {
    Expectation pong = new Expectation.Exact(WireText.parse("+PONG\\r\\n"));

    assertThat(replies(pong, "+PONG\r\n+PONG\r\n+PENG\r\n+PONG\r\n", part))
        .containsExactly(RIGHT, RIGHT, "CORRUPT", RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void aLengthNeedsNoContent(int part) {
    assertThat(replies(new Expectation.Length(4, WireText.EMPTY), "abcd1234\0\0\0\0xy", part))
        .containsExactly(RIGHT, RIGHT, RIGHT, "within");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void aLengthMayHaveABeginning(int part) {
    assertThat(replies(new Expectation.Length(4, WireText.parse("ok")), "ok12no12ok34", part))
        .containsExactly(RIGHT, "CORRUPT", RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 100})
  void aDelimiterEndsAReplyWhereverItIsCut(int part) {
    Expectation lines = new Expectation.Until(WireText.parse("\\r\\n"), WireText.EMPTY);

    assertThat(replies(lines, "a\r\n\r\nlonger \r one\r\r\nrest", part))
        .containsExactly(RIGHT, RIGHT, RIGHT, "within");
  }

  /** A search that began anew after a mismatch would run past "abac" in "ababac". */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 100})
  void aDelimiterThatOverlapsItselfIsFound(int part) {
    Expectation ending = new Expectation.Until(WireText.parse("abac"), WireText.EMPTY);

    assertThat(replies(ending, "ababac" + "aabac" + "abaabac", part))
        .containsExactly(RIGHT, RIGHT, RIGHT);
  }

  /** Of two letters only, delimiters overlap themselves and each other in every way. */
  @Test
  void delimitersAreFoundWhereASearchInTheWholeTextFindsThem() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      String delimiter = letters(random, 1 + random.nextInt(6));
      String stream = letters(random, random.nextInt(200));
      List<String> expected = new ArrayList<>();
      int from = 0;
      for (int at = stream.indexOf(delimiter); at >= 0; at = stream.indexOf(delimiter, from)) {
        from = at + delimiter.length();
        expected.add(RIGHT);
      }
      if (from < stream.length()) {
        expected.add("within");
      }
      Expectation until = new Expectation.Until(WireText.parse(delimiter), WireText.EMPTY);

      assertThat(replies(until, stream, 1 + random.nextInt(20)))
          .as("replies in %s that end with %s", stream, delimiter)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 100})
  void aDelimitedReplyMayHaveABeginning(int part) {
    Expectation stored =
        new Expectation.Until(WireText.parse("\\r\\n"), WireText.parse("VERSION "));

    assertThat(replies(stored, "VERSION 1.6\r\nERROR\r\nVER\r\nVERSION 2\r\n", part))
        .containsExactly(RIGHT, "CORRUPT", "CORRUPT", RIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void theFirstByteThatDiffersIsTheExample(int part) {
    Expectation exact = new Expectation.Exact(WireText.parse("+PONG\\r\\n"));
    Expectation until = new Expectation.Until(WireText.parse("\\r\\n"), WireText.parse("VERSION "));

    assertThat(exampleOf(exact, "+PONG\r\n+PENG\r\n+PANG\r\n", part))
        .isEqualTo("byte 2 of a reply came as 0x45, not as 0x4f");
    assertThat(exampleOf(until, "VERSION 1\r\nVAR\r\n", part))
        .isEqualTo("byte 1 of a reply came as 0x41, not as 0x45");
    assertThat(
            exampleOf(
                new Expectation.Until(WireText.parse("!"), WireText.parse("a!b")), "a!", part))
        .isEqualTo("a reply ended after 2 bytes");
  }

  private static String exampleOf(Expectation expected, String stream, int part) {
    ReplyReader reader = new FixedMessages(WireText.parse("request"), expected, true).newReader(0);
    ByteBuf bytes = Unpooled.copiedBuffer(stream, StandardCharsets.ISO_8859_1);
    while (bytes.isReadable()) {
      ByteBuf cut = bytes.readSlice(Math.min(part, bytes.readableBytes()));
      while (cut.isReadable()) {
        boolean _ = reader.read(cut, 1);
      }
    }
    assertThat(reader.fault()).isEqualTo(Counter.CORRUPT);
    return reader.example();
  }

  @Test
  void withoutVerificationOnlyTheEndOfAReplyIsLookedFor() {
    FixedMessages messages =
        new FixedMessages(WireText.parse("x"), new Expectation.Exact(WireText.parse("abc")), false);
    ReplyReader reader = messages.newReader(0);

    assertThat(reader.read(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}), 1)).isTrue();
    assertThat(reader.fault()).isNull();
  }

  @Test
  void anExpectationThatNoReplyCanMeetIsRefused() {
    assertThatThrownBy(() -> new Expectation.Exact(WireText.EMPTY))
        .hasMessage("--expect is empty; it takes at least one byte of reply");
    assertThatThrownBy(() -> new Expectation.Length(0, WireText.EMPTY))
        .hasMessageContaining("length:0");
    assertThatThrownBy(() -> new Expectation.Length(2, WireText.parse("abc")))
        .hasMessageContaining("at least the 3 bytes that starts: names");
    assertThatThrownBy(() -> new Expectation.Until(WireText.EMPTY, WireText.EMPTY))
        .hasMessageContaining("until:");
  }

  private static String letters(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextBoolean() ? 'a' : 'b');
    }
    return text.toString();
  }

  private static List<String> replies(Expectation expected, String stream, int part) {
    ReplyReader reader = new FixedMessages(WireText.parse("request"), expected, true).newReader(0);
    ByteBuf bytes = Unpooled.copiedBuffer(stream, StandardCharsets.ISO_8859_1);
    List<String> replies = new ArrayList<>();
    while (bytes.isReadable()) {
      ByteBuf cut = bytes.readSlice(Math.min(part, bytes.readableBytes()));
      while (cut.isReadable()) {
        if (reader.read(cut, 1)) {
          Counter fault = reader.fault();
          replies.add(fault == null ? RIGHT : fault.name());
        }
      }
    }
    if (reader.isWithinReply()) {
      replies.add("within");
    }
    return replies;
  }
}
