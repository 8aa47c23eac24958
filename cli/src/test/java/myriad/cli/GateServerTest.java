package myriad.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateServerTest {

  @Test
  void aVariantThatBeginsLikeAFileIsNotRead(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("arguments"), "epoll");

    assertThatThrownBy(() -> GateServer.ofVariant("--base", "@" + file, null))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("there is no variant '@" + file + "'");
  }

  /** Two gated servers that differ by what one ignores would be found alike. */
  @Test
  void threadsThatAVariantWouldIgnoreAreRefused() {
    assertThatThrownBy(() -> GateServer.ofVariant("--head", "virtual-threads --threads 2", null))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--threads is 2; virtual-threads has as many threads");
  }
}
