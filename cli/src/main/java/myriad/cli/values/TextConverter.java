package myriad.cli.values;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import myriad.loadgen.MessageSizes;
import myriad.loadgen.WireText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Text with escapes ({@code \r \n \t \0 \\ \xHH}), or {@code @FILE} for what a file holds, byte for
 * byte.
 */
public final class TextConverter implements ITypeConverter<WireText> {

  private static final String FILE = "@";

  @Override
  public WireText convert(String text) {
    return text.startsWith(FILE) ? ofFile(text.substring(FILE.length())) : escaped(text);
  }

  /** What the file holds. */
  static WireText ofFile(String file) {
    try (InputStream bytes = Files.newInputStream(Path.of(file))) {
      byte[] read = bytes.readNBytes(MessageSizes.MOST_BYTES + 1);
      if (read.length > MessageSizes.MOST_BYTES) {
        throw new TypeConversionException("'%s' holds more than 16m, the most".formatted(file));
      }
      return WireText.of(read);
    } catch (NoSuchFileException e) {
      throw new TypeConversionException("there is no file '%s'".formatted(file));
    } catch (IOException | InvalidPathException e) {
      throw new TypeConversionException("'%s' cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  static WireText escaped(String text) {
    try {
      return WireText.parse(text);
    } catch (IllegalArgumentException notEscaped) {
      throw new TypeConversionException(notEscaped.getMessage());
    }
  }

  /** What a file holds, byte for byte. */
  public static final class OfFile implements ITypeConverter<WireText> {

    @Override
    public WireText convert(String file) {
      return ofFile(file);
    }
  }
}
