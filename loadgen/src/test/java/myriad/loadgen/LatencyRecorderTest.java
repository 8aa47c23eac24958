package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import myriad.results.LatencyKind;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {

  private final Map<LatencyKind, Histogram> totals = LatencyRecorder.noTotals();
  private final Map<LatencyKind, Long> overflows = new EnumMap<>(LatencyKind.class);

  @Test
  void aLatencyOverTheRangeIsCountedApartAndNeverClamped() {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record(LatencyKind.SERVICE, LatencyRecorder.HIGHEST_NS + 1);
    recorder.record(LatencyKind.SERVICE, 5_000);
    recorder.addTo(totals, overflows);

    assertThat(overflows).containsExactly(Map.entry(LatencyKind.SERVICE, 1L));
    assertThat(totals).containsOnlyKeys(LatencyKind.SERVICE);
    assertThat(totals.get(LatencyKind.SERVICE))
        .satisfies(
            service -> {
              assertThat(service.getTotalCount()).isEqualTo(1);
              assertThat(service.getMaxValue()).isBetween(5_000L, 5_005L);
            });
  }

  @Test
  void aResetRecorderIsEmpty() {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record(LatencyKind.LAG, 1);
    recorder.record(LatencyKind.LAG, Long.MAX_VALUE);
    recorder.reset();
    recorder.addTo(totals, overflows);

    assertThat(totals).isEmpty();
    assertThat(overflows).isEmpty();
  }

  @Test
  void intervalsKeptCompactComeBackWhole() {
    LatencyRecorder recorder = new LatencyRecorder();
    for (int i = 1; i <= 1_000; i++) {
      recorder.record(LatencyKind.SERVICE, i * 1_000_003L);
    }
    recorder.addTo(totals, overflows);
    Histogram service = totals.get(LatencyKind.SERVICE);
    assertThat(service).isNotNull();
    totals.values().forEach(histogram -> histogram.setStartTimeStamp(123_456));
    CompactIntervals intervals = new CompactIntervals();
    intervals.append(totals);

    assertThat(intervals).hasSize(1);
    assertThat(intervals.getFirst()).isEqualTo(totals);
    assertThat(intervals.getFirst().values())
        .allSatisfy(decoded -> assertThat(decoded.getStartTimeStamp()).isEqualTo(123_456));
  }
}
