package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class PlannedRunTest {

  @Test
  void repeatsAreTheOutermostRound() {
    List<ServerVariant> two = VariantCatalog.all().subList(0, 2);
    assertThat(PlannedRun.sweep(two, List.of(100, 10), 2))
        .extracting(PlannedRun::repeat, PlannedRun::variant, PlannedRun::connections)
        .containsExactly(
            Tuple.tuple(1, two.getFirst(), 100),
            Tuple.tuple(1, two.getFirst(), 10),
            Tuple.tuple(1, two.getLast(), 100),
            Tuple.tuple(1, two.getLast(), 10),
            Tuple.tuple(2, two.getFirst(), 100),
            Tuple.tuple(2, two.getFirst(), 10),
            Tuple.tuple(2, two.getLast(), 100),
            Tuple.tuple(2, two.getLast(), 10));
  }
}
