package myriad.loadgen;

import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import myriad.results.LatencyKind;
import org.HdrHistogram.Histogram;

/**
 * The histograms of every interval, kept in HdrHistogram's compressed form: a few kilobytes each
 * instead of a quarter of a megabyte, so that a run of hours fits in memory. Read access decodes.
 */
final class CompactIntervals extends AbstractList<Map<LatencyKind, Histogram>> {

  private final List<Map<LatencyKind, Encoded>> intervals = new ArrayList<>();

  void append(Map<LatencyKind, Histogram> interval) {
    Map<LatencyKind, Encoded> encoded = new EnumMap<>(LatencyKind.class);
    interval.forEach((kind, histogram) -> encoded.put(kind, Encoded.of(histogram)));
    intervals.add(encoded);
  }

  @Override
  public Map<LatencyKind, Histogram> get(int index) {
    Map<LatencyKind, Histogram> decoded = new EnumMap<>(LatencyKind.class);
    intervals.get(index).forEach((kind, encoded) -> decoded.put(kind, encoded.decode()));
    return decoded;
  }

  @Override
  public int size() {
    return intervals.size();
  }

  private record Encoded(ByteBuffer compressed, long startMillis, long endMillis) {

    static Encoded of(Histogram histogram) {
      ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
      int length = histogram.encodeIntoCompressedByteBuffer(buffer);
      return new Encoded(
          ByteBuffer.wrap(Arrays.copyOf(buffer.array(), length)),
          histogram.getStartTimeStamp(),
          histogram.getEndTimeStamp());
    }

    Histogram decode() {
      try {
        Histogram histogram =
            Histogram.decodeFromCompressedByteBuffer(
                compressed.duplicate(), LatencyRecorder.HIGHEST_NS);
        histogram.setStartTimeStamp(startMillis);
        histogram.setEndTimeStamp(endMillis);
        return histogram;
      } catch (DataFormatException corrupt) {
        throw new IllegalStateException("a histogram that was encoded here", corrupt);
      }
    }
  }
}
