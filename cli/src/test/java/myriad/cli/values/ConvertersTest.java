package myriad.cli.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {

  @ParameterizedTest
  @CsvSource({"1,1", "500,500", "10k,10000", "10K,10000", "1.5k,1500", "1m,1000000", "0,0"})
  void countsAreThousands(String text, int count) {
    assertThat(new CountConverter().convert(text)).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "k", "1.5", "10kb", "1e3", "3g", "99999m", "1 k", "١"})
  void whatIsNoCountIsNamed(String text) {
    assertThatThrownBy(() -> new CountConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'%s' is not a count, such as 500, 10k or 1m", text);
  }

  @ParameterizedTest
  @CsvSource({"64,64", "64B,64", "1k,1024", "16KiB,16384", "1m,1048576", "0.5k,512"})
  void sizesArePowersOfTwo(String text, int bytes) {
    assertThat(new SizeConverter().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"50/s,50", "50,50", "10k,10000", "10k/s,10000", "0.5/s,0.5", "1.5m,1500000"})
  void ratesAreASecond(String text, double perSecond) {
    assertThat(new RateConverter().convert(text)).isEqualTo(perSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/s", "10/m", "fast", "-5/s"})
  void whatIsNoRateIsNamed(String text) {
    assertThatThrownBy(() -> new RateConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'%s' is not a rate", text);
  }

  @ParameterizedTest
  @CsvSource({"5,5", "5%,5", "2.5%,2.5", "0.1,0.1"})
  void percentagesMayHaveTheirSign(String text, double percent) {
    assertThat(new PercentConverter().convert(text)).isEqualTo(percent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "-5%", "5%%", "5 %", "half", "5k"})
  void whatIsNoPercentageIsNamed(String text) {
    assertThatThrownBy(() -> new PercentConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'%s' is not a percentage, such as 5%% or 2.5%%", text);
  }

  @ParameterizedTest
  @CsvSource({
    "500us,PT0.0005S",
    "10ms,PT0.01S",
    "1s,PT1S",
    "1.5s,PT1.5S",
    "2m,PT2M",
    "1h,PT1H",
    "1h30m,PT1H30M",
    "100ns,PT0.0000001S",
    "2d,PT48H",
    "0,PT0S",
    "10S,PT10S",
    "500µs,PT0.0005S"
  })
  void timesHaveAUnit(String text, Duration time) {
    assertThat(new DurationConverter().convert(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "s", "10x", "1s2", "-1s", "1s ", "99999999999d"})
  void whatIsNoTimeIsNamed(String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'%s' is not a time with its unit", text);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7777,127.0.0.1,7777",
    "localhost:1,127.0.0.1,1",
    "[::1]:65535,0:0:0:0:0:0:0:1,65535"
  })
  void targetsAreHostAndPort(String text, String address, int port) {
    InetSocketAddress target = new HostPortConverter().convert(text);
    assertThat(target.getAddress().getHostAddress()).isEqualTo(address);
    assertThat(target.getPort()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:", ":80", "::1:80", "h:0", "h:65536", "h:http", "[h]:80"})
  void whatIsNoTargetIsNamed(String text) {
    assertThatThrownBy(() -> new HostPortConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'%s' is not HOST:PORT", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-host.invalid:80"})
  void unknownHostIsNamed(String text) {
    assertThatThrownBy(() -> new HostPortConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("host 'no-such-host.invalid' is not known");
  }
}
