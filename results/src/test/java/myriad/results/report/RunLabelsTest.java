package myriad.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import myriad.results.RunResult;
import myriad.results.SampleGate;
import org.junit.jupiter.api.Test;

class RunLabelsTest {

  private static final RunResult OF_VARIANT = SampleGate.recorded().result().runs().getFirst();

  @Test
  void aRunIsCalledByItsVariant() {
    assertThat(RunLabels.subject(OF_VARIANT)).startsWith(OF_VARIANT.variant() + ", ");
  }

  @Test
  void aRunAgainstAServerOfTheUserIsCalledByItsTarget() {
    RunResult ofUser = OF_VARIANT.toBuilder().variant(RunResult.FOREIGN_VARIANT).build();

    assertThat(RunLabels.subject(ofUser)).startsWith(OF_VARIANT.target() + ", ");
  }
}
