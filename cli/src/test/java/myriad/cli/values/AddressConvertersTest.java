package myriad.cli.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class AddressConvertersTest {

  @Test
  void aRangeOfPortsIsATargetEach() {
    assertThat(new TargetConverter().convert("127.0.0.1:9000-9003").addresses())
        .extracting(Object::toString)
        .containsExactly(
            "/127.0.0.1:9000", "/127.0.0.1:9001", "/127.0.0.1:9002", "/127.0.0.1:9003");
    assertThat(new TargetConverter().convert("[::1]:7-7").addresses()).hasSize(1);
  }

  @Test
  void aUnixDomainSocketIsNamedByItsPath() {
    assertThat(new TargetConverter().convert("unix:/run/echo.sock").addresses())
        .extracting(Object::toString)
        .containsExactly("/run/echo.sock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7777", "host:", "127.0.0.1:9-8", "127.0.0.1:1-65536", "unix:", "a:1-"})
  void whatIsNoTargetIsNamed(String text) {
    assertThatThrownBy(() -> new TargetConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith("'" + text + "' is not ");
  }

  @Test
  void addressesAreCountedThroughTheirRange() {
    assertThat(new AddressRangeConverter().convert("127.0.0.254-127.0.1.1").list())
        .extracting(InetAddress::getHostAddress)
        .isEqualTo(List.of("127.0.0.254", "127.0.0.255", "127.0.1.0", "127.0.1.1"));
    assertThat(new AddressRangeConverter().convert("::1").list())
        .containsExactly(InetAddress.ofLiteral("::1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "127.0.0.3-127.0.0.2", "127.0.0.1-::1", "10.0.0.0-11.0.0.0", "-"})
  void whatIsNoRangeIsNamed(String text) {
    assertThatThrownBy(() -> new AddressRangeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith("'" + text + "' is not an IP address or a range");
  }
}
