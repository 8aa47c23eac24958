package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTextTest {

  @Test
  void escapesStandForTheirBytes() {
    assertThat(WireText.parse("a\\r\\n\\t\\0\\\\\\x7f\\xFFz"))
        .isEqualTo(WireText.of(new byte[] {'a', '\r', '\n', '\t', 0, '\\', 0x7F, -1, 'z'}));
  }

  @Test
  void everythingElseStandsForItselfInUtf8() {
    assertThat(WireText.parse("Größe 'x' \"y\" $z"))
        .isEqualTo(WireText.of("Größe 'x' \"y\" $z".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyByteIsReadBackAsItWasWritten() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) ('@' + i);
    }
    WireText text = WireText.of(all);

    assertThat(WireText.parse(text.escaped())).isEqualTo(text);
    assertThat(text.escaped())
        .as("a text that begins with @ would name a file")
        .startsWith("\\x40A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a\\q | '\\q' at character 2",
        "a\\ | '\\' at character 2",
        "\\x4 | '\\x4' at character 1",
        "\\xG0 | '\\xG0' at character 1"
      })
  void whatIsNoEscapeIsNamed(String escaped, String message) {
    assertThatThrownBy(() -> WireText.parse(escaped))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1024})
  void aShortTextIsDescribedWhole(int size) {
    assertThat(WireText.of("x".repeat(size).getBytes(StandardCharsets.UTF_8)).described())
        .isEqualTo("x".repeat(size));
  }

  @Test
  void aLongTextIsDescribedByItsBeginningAndDigest() {
    assertThat(WireText.of(new byte[100_000]).described())
        .hasSizeLessThan(400)
        .startsWith("\\x00\\x00")
        .contains("100,000 bytes, SHA-256 ");
  }
}
