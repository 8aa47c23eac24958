package myriad.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HistogramLogTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long TEN_MINUTES_NS = 600_000_000_000L;
  private static final int HOUR_IN_SECONDS = 3_600;

  /** Unpacked, the histograms of an hour take a gigabyte. */
  @Test
  void aLongRunIsReadInLittleMemory() throws IOException {
    Histogram measured = new Histogram(1, TEN_MINUTES_NS, 3);
    measured.recordValueWithCount(1_234_567, HOUR_IN_SECONDS);
    byte[] log =
        HistogramLog.write(
            new RunHistograms(Map.of(LatencyKind.SERVICE, measured), anHour(), START_MILLIS));

    RunHistograms read =
        HistogramLog.read(
            new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(log), StandardCharsets.ISO_8859_1)),
            2 << 20);

    assertThat(read.startMillis()).isEqualTo(START_MILLIS);
    assertThat(read.measured()).containsEntry(LatencyKind.SERVICE, measured);
    assertThat(read.intervals()).hasSize(HOUR_IN_SECONDS);
    Histogram last = Runs.service(read.intervals().getLast());
    assertThat(last.getTotalCount()).isEqualTo(1);
    assertThat(last.getStartTimeStamp()).isEqualTo(START_MILLIS + (HOUR_IN_SECONDS - 1) * 1_000L);
  }

  /** One histogram, which has the time stamps of the second that was asked for last. */
  private static List<Map<LatencyKind, Histogram>> anHour() {
    Histogram second = new Histogram(1, TEN_MINUTES_NS, 3);
    second.recordValue(1_234_567);
    return new AbstractList<>() {
      @Override
      public Map<LatencyKind, Histogram> get(int index) {
        second.setStartTimeStamp(START_MILLIS + index * 1_000L);
        second.setEndTimeStamp(second.getStartTimeStamp() + 1_000);
        return Map.of(LatencyKind.SERVICE, second);
      }

      @Override
      public int size() {
        return HOUR_IN_SECONDS;
      }
    };
  }
}
