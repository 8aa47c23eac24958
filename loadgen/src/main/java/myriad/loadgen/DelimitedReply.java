package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/** Replies that end with a delimiter, and whose first bytes may be known. */
final class DelimitedReply implements ReplyReader, ByteProcessor {

  private final Delimiter delimiter;
  private final ByteBuf beginning;
  private int matched;
  private long received;
  private boolean wrong;
  private String firstDifference = "";

  /**
   * Reads replies up to {@code delimiter}.
   *
   * @param beginning of every right reply; not changed, not released
   */
  DelimitedReply(Delimiter delimiter, ByteBuf beginning) {
    this.delimiter = delimiter;
    this.beginning = beginning;
  }

  @Override
  public boolean read(ByteBuf in, int awaited) {
    if (received == 0) {
      wrong = false;
    }
    int from = in.readerIndex();
    int end = in.forEachByte(this);
    int part = end < 0 ? in.readableBytes() : end + 1 - from;
    long compared = Math.min(part, beginning.readableBytes() - received);
    if (compared > 0 && !NativeBytes.equal(in, from, beginning, (int) received, (int) compared)) {
      wrong = true;
      if (firstDifference.isEmpty()) {
        firstDifference = Difference.inReply(in, from, beginning, (int) received, (int) compared);
      }
    }
    in.skipBytes(part);
    received += part;
    if (end < 0) {
      return false;
    }
    if (received < beginning.readableBytes()) {
      wrong = true;
      firstDifference =
          firstDifference.isEmpty()
              ? "a reply ended after %,d bytes".formatted(received)
              : firstDifference;
    }
    matched = 0;
    received = 0;
    return true;
  }

  @Override
  public @Nullable Counter fault() {
    return wrong ? Counter.CORRUPT : null;
  }

  @Override
  public String example() {
    return firstDifference;
  }

  @Override
  public boolean isWithinReply() {
    return received > 0;
  }

  /** A byte of the search of {@link #read}; false where it ends. */
  @Override
  public boolean process(byte value) {
    matched = delimiter.next(matched, value);
    return !delimiter.isWhole(matched);
  }
}
