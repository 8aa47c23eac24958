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
  private ByteBuffer scratch = ByteBuffer.allocate(0);

  /**
   * Makes the buffers that {@link #append} needs for the histograms of {@code recorder}:
   * HdrHistogram keeps one in each that it has encoded. Else the first interval that is measured
   * would.
   */
  void makeRoomFor(LatencyRecorder recorder) {
    for (LatencyKind kind : LatencyKind.values()) {
      Encoded _ = encode(recorder.histogram(kind));
    }
  }

  void append(Map<LatencyKind, Histogram> interval) {
    Map<LatencyKind, Encoded> encoded = new EnumMap<>(LatencyKind.class);
    interval.forEach((kind, histogram) -> encoded.put(kind, encode(histogram)));
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

  private Encoded encode(Histogram histogram) {
    int needed = histogram.getNeededByteBufferCapacity();
    if (scratch.capacity() < needed) {
      scratch = ByteBuffer.allocate(needed);
    }
    int length = histogram.encodeIntoCompressedByteBuffer(scratch.clear());
    return new Encoded(
        ByteBuffer.wrap(Arrays.copyOf(scratch.array(), length)),
        histogram.getStartTimeStamp(),
        histogram.getEndTimeStamp());
  }

  private record Encoded(ByteBuffer compressed, long startMillis, long endMillis) {

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
