package myriad.server.variants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files that tell limits, below one folder. What cannot be read is not there.
 *
 * @param folder such as {@code /proc}
 */
record LimitFile(Path folder) {

  /** By lines: reading the whole as one string gets no more than a character of such a file. */
  List<String> lines(String file) {
    try {
      return Files.readAllLines(folder.resolve(file));
    } catch (IOException cannotBeRead) {
      return List.of();
    }
  }

  /** The number that is all of a file; empty where it holds a word, such as {@code max}. */
  Optional<Long> number(String file) {
    return lines(file).stream().findFirst().flatMap(LimitFile::parse);
  }

  static Optional<Long> parse(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException noLimit) {
      return Optional.empty();
    }
  }
}
