package myriad.loadgen;

import io.netty.buffer.ByteBuf;
import myriad.results.Counter;
import org.jspecify.annotations.Nullable;

/** Replies of a known length, of which the first bytes, or all, are known too. */
final class SizedReply implements ReplyReader {

  private final int size;
  private final ByteBuf beginning;
  private int received;
  private boolean wrong;
  private String firstDifference = "";

  /**
   * Reads replies of {@code size} bytes.
   *
   * @param beginning of every right reply, at most {@code size} bytes; not changed, not released
   */
  SizedReply(int size, ByteBuf beginning) {
    this.size = size;
    this.beginning = beginning;
  }

  @Override
  public boolean read(ByteBuf in, int awaited) {
    if (received == 0) {
      wrong = false;
    }
    int part = Math.min(in.readableBytes(), size - received);
    int compared = Math.min(part, beginning.readableBytes() - received);
    if (compared > 0 && !NativeBytes.equal(in, in.readerIndex(), beginning, received, compared)) {
      wrong = true;
      if (firstDifference.isEmpty()) {
        firstDifference = Difference.inReply(in, in.readerIndex(), beginning, received, compared);
      }
    }
    in.skipBytes(part);
    received += part;
    if (received < size) {
      return false;
    }
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
}
