package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import myriad.results.RunResult.Connections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0,0ns",
    "850,850ns",
    "1000,1.00µs",
    "12345,12.3µs",
    "999499,999µs",
    "999500,1.00ms",
    "1040000,1.04ms",
    "999499999,999ms",
    "999500000,1.00s",
    "2500000000,2.50s"
  })
  void latencyHasThreeDigits(long nanos, String text) {
    assertThat(Figures.latency(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "7,7", "0.5,0.50", "999,999", "999.6,1.00k", "52345,52.3k", "1200000,1.20M"})
  void ratesAreScaled(double perSecond, String text) {
    assertThat(Figures.rate(perSecond)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 B", "999,999 B", "2913,2.84 KiB", "86000000,82 MiB"})
  void bytesAreBinaryAsInThresholds(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"0;0", "501.4;501", "2837;2,840", "25203;25,200", "123456;123,000"})
  void whatHasNoUnitIsRoundedTooButWhole(double value, String text) {
    assertThat(Figures.wholeOfThreeDigits(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-1S,0s",
    "PT0.4S,0s",
    "PT59.4S,59s",
    "PT59.6S,1m 00s",
    "PT125S,2m 05s",
    "PT2H10M,2h 10m"
  })
  void timesAreRoundedToSeconds(Duration time, String text) {
    assertThat(Figures.time(time)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"10000;10000;10,000", "512;10000;512/10k", "0;2000000;0/2m", "3;1500;3/1,500"})
  void connectionsShowWhatWasReachedOfWhat(int open, int target, String text) {
    assertThat(Figures.reached(new Connections(target, open, 0, 0, 0))).isEqualTo(text);
  }
}
