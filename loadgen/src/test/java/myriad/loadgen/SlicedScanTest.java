package myriad.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicedScanTest {

  private static final long PERIOD_NS = 250_000_000;

  private final List<Integer> visited = new ArrayList<>();
  private final SlicedScan<Integer> scan =
      new SlicedScan<>(PERIOD_NS, (each, now) -> visited.add(each));

  @ParameterizedTest
  @ValueSource(ints = {1, SlicedScan.SLICE, SlicedScan.SLICE + 1, 100_000})
  void eachIsVisitedOnceInAPeriod(int count) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    for (long nowNs = 0; nowNs < PERIOD_NS; nowNs = Math.max(nowNs + 1, scan.nextDueNs())) {
      int before = visited.size();
      scan.runDue(nowNs, all);
      assertThat(visited.size() - before)
          .as("visited at once")
          .isLessThanOrEqualTo(SlicedScan.SLICE);
    }

    assertThat(visited.equals(all)).as("each once, in order; %d visits", visited.size()).isTrue();
  }

  @Test
  void nothingIsVisitedBeforeItIsDue() {
    scan.runDue(0, List.of(1));
    scan.runDue(PERIOD_NS - 1, List.of(1));
    assertThat(visited).hasSize(1);

    scan.runDue(PERIOD_NS, List.of(1));
    assertThat(visited).hasSize(2);
  }

  @Test
  void whatIsAddedMeanwhileIsVisitedToo() {
    scan.runDue(0, List.of());
    scan.runDue(PERIOD_NS, List.of(1, 2));

    assertThat(visited).containsExactly(1, 2);
  }
}
