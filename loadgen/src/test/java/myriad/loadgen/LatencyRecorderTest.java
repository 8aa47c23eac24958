package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import myriad.results.LatencyKind;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {

  private final LatencyRecorder recorder = new LatencyRecorder();

  @Test
  void aLatencyOverTheRangeIsCountedApartAndNeverClamped() {
    recorder.record(LatencyKind.SERVICE, LatencyRecorder.HIGHEST_NS + 1);
    recorder.record(LatencyKind.SERVICE, 5_000);

    assertThat(recorder.overflow(LatencyKind.SERVICE)).isEqualTo(1);
    assertThat(recorder.recorded()).containsOnlyKeys(LatencyKind.SERVICE);
    assertThat(recorder.histogram(LatencyKind.SERVICE).getTotalCount()).isEqualTo(1);
    assertThat(recorder.histogram(LatencyKind.SERVICE).getMaxValue()).isBetween(5_000L, 5_005L);
  }

  @Test
  void aResetRecorderIsEmpty() {
    recorder.record(LatencyKind.LAG, 1);
    recorder.record(LatencyKind.LAG, Long.MAX_VALUE);
    recorder.reset();

    assertThat(recorder.recorded()).isEmpty();
    assertThat(recorder.overflow(LatencyKind.LAG)).isZero();
  }

  @Test
  void recordersAddUp() {
    LatencyRecorder other = new LatencyRecorder();
    recorder.record(LatencyKind.LAG, 1_000);
    other.record(LatencyKind.LAG, 2_000);
    other.record(LatencyKind.LAG, Long.MAX_VALUE);
    other.record(LatencyKind.CONNECT, 3_000);
    recorder.add(other);

    assertThat(recorder.recorded()).containsOnlyKeys(LatencyKind.LAG, LatencyKind.CONNECT);
    assertThat(recorder.histogram(LatencyKind.LAG).getTotalCount()).isEqualTo(2);
    assertThat(recorder.overflow(LatencyKind.LAG)).isEqualTo(1);
    assertThat(other.histogram(LatencyKind.LAG).getTotalCount()).as("as it was").isEqualTo(1);
  }

  @Test
  void intervalsKeptCompactComeBackWholeThoughTheRecorderGoesOn() {
    CompactIntervals intervals = new CompactIntervals();
    for (int i = 1; i <= 1_000; i++) {
      recorder.record(LatencyKind.SERVICE, i * 1_000_003L);
    }
    recorder.histogram(LatencyKind.SERVICE).setStartTimeStamp(123_456);
    Histogram first = recorder.histogram(LatencyKind.SERVICE).copy();
    intervals.append(recorder.recorded());
    recorder.reset();
    recorder.record(LatencyKind.LAG, 7);
    intervals.append(recorder.recorded());

    assertThat(intervals).hasSize(2);
    assertThat(intervals.getFirst()).isEqualTo(Map.of(LatencyKind.SERVICE, first));
    assertThat(intervals.getFirst().values())
        .allSatisfy(decoded -> assertThat(decoded.getStartTimeStamp()).isEqualTo(123_456));
    assertThat(intervals.getLast()).containsOnlyKeys(LatencyKind.LAG);
  }
}
