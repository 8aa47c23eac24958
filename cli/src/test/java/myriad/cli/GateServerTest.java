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
}
