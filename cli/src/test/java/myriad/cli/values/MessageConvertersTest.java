package myriad.cli.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import myriad.cli.values.SizePartConverter.SizePart;
import myriad.loadgen.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MessageConvertersTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "64, 64, 64, 1",
    "64k, 65536, 65536, 1",
    "64:90, 64, 64, 90",
    "16-1k, 16, 1024, 1",
    "16-1k:2k, 16, 1024, 2000"
  })
  void sizes(String text, int least, int most, int weight) {
    assertThat(new SizePartConverter().convert(text)).isEqualTo(new SizePart(least, most, weight));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "16-", "-16", "16:", "16-1k-2k", "64:9:9", "x", "16-x", "64:x"})
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> new SizePartConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'%s' is not a size".formatted(text));
  }

  @Test
  void textComesFromAFileByteForByte() throws Exception {
    Path file = Files.write(folder.resolve("request"), new byte[] {'\\', 'n', 0, -1, '\n'});

    assertThat(new TextConverter().convert("@" + file))
        .isEqualTo(WireText.of(new byte[] {'\\', 'n', 0, -1, '\n'}));
    assertThatThrownBy(() -> new TextConverter().convert("@" + folder))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void textThatBeginsLikeAFileIsWrittenWithAnEscape() {
    assertThat(new TextConverter().convert("\\x40x")).isEqualTo(WireText.of(new byte[] {'@', 'x'}));
  }

  @Test
  void repliesAreToldByTheirBytesTheirEndOrTheirBeginning() {
    ExpectConverter expect = new ExpectConverter();
    WireText crlf = WireText.parse("\\r\\n");

    assertThat(expect.convert("\\r\\n")).isEqualTo(new ExpectConverter.Exact(crlf));
    assertThat(expect.convert("text:\\r\\n")).isEqualTo(new ExpectConverter.Exact(crlf));
    assertThat(expect.convert("text:length:3"))
        .isEqualTo(new ExpectConverter.Exact(WireText.parse("length:3")));
    assertThat(expect.convert("length:1k")).isEqualTo(new ExpectConverter.Length(1024));
    assertThat(expect.convert("until:\\r\\n")).isEqualTo(new ExpectConverter.Until(crlf));
    assertThat(expect.convert("starts:\\r\\n")).isEqualTo(new ExpectConverter.Starts(crlf));
    assertThat(expect.convert("nothing")).isEqualTo(new ExpectConverter.Nothing());
  }
}
