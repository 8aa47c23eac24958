package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

  @Test
  void splitsAtBlanksAndKeepsThoseInQuotes() {
    assertThat(ShellWords.split("  epoll --jvm-option '-Da=b c'  --x=\"1 2\"3 ''"))
        .isEqualTo(List.of("epoll", "--jvm-option", "-Da=b c", "--x=1 23", ""));
    assertThat(ShellWords.split(" ")).isEmpty();
  }

  @Test
  void aQuoteMustBeClosed() {
    assertThatThrownBy(() -> ShellWords.split("epoll 'x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not closed");
  }
}
