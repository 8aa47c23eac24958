package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterNamesTest {

  @Test
  void onlyWhatCameAfterPrimingIsOfTheRun() {
    Map<String, Long> primed =
        Map.of("accepted", 4_000L, "open", 3L, "closed_peer_finished", 3_997L, "gc_pauses", 2L);
    Map<String, Long> atTheEnd =
        Map.of(
            "accepted", 4_010L,
            "open", 0L,
            "closed_peer_finished", 3_997L,
            "closed_peer_reset", 13L,
            "gc_pauses", 2L);

    assertThat(CounterNames.growth(primed, atTheEnd))
        .containsOnly(
            entry("accepted", 10L),
            entry("open", 0L),
            entry("closed_peer_reset", 13L),
            entry("gc_pauses", 0L));
  }
}
