package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {

  private final List<String> taken = new ArrayList<>();

  @Test
  void everyStepIsTakenThoughOthersFail() {
    RuntimeException first = new IllegalStateException("first");
    Error second = new AssertionError("second");

    assertThatThrownBy(
            () ->
                Closing.all(
                    List.of(
                        () -> {
                          throw first;
                        },
                        () -> taken.add("between"),
                        () -> {
                          throw second;
                        },
                        () -> taken.add("last"))))
        .isSameAs(first)
        .hasSuppressedException(second);
    assertThat(taken).containsExactly("between", "last");
  }

  @Test
  void nothingIsThrownWhereNothingFails() {
    Closing.all(List.of(() -> taken.add("only")));

    assertThat(taken).containsExactly("only");
  }
}
