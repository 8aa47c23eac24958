package myriad.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import myriad.loadgen.Arrivals;
import myriad.loadgen.ConnectionLife;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadRun;

/** Load before a server counts. */
final class Priming {

  private static final int MOST_CONNECTIONS = 64;

  /** Thousands of connections a second: few enough to leave ports for what is measured. */
  private static final ConnectionLife LIFE = new ConnectionLife(8, Duration.ZERO, false);

  private static final Duration LEAST = Duration.ofMillis(500);

  /** The first load also compiles the code of the generator, which is this process. */
  static final Duration LEAST_AT_FIRST = Duration.ofSeconds(4);

  private Priming() {}

  /**
   * How long to load a server before a warm-up of {@code warmup}.
   *
   * @param first whether it is the first of this process, whose own code is to be compiled too
   */
  static Duration length(Duration warmup, boolean first) {
    Duration least = first ? LEAST_AT_FIRST : LEAST;
    return warmup.compareTo(least) < 0 ? least : warmup;
  }

  /**
   * Loads the server with few connections that come and go, so that its code is compiled, that of
   * accepting too, and its idle memory is that of a server that has worked before.
   *
   * @param connections that it will be loaded with
   * @param length zero for none
   */
  static void of(
      VariantRun.PlanSource plans,
      InetSocketAddress target,
      int connections,
      Duration length,
      Interruption interruption)
      throws HostLimitException {
    if (length.isZero()) {
      return;
    }
    LoadRun run =
        new LoadRun(
            plans
                .planFor(target, Math.min(MOST_CONNECTIONS, connections))
                .arrivals(new Arrivals.ClosedLoop(Duration.ZERO))
                .life(LIFE)
                .warmup(Duration.ZERO)
                .duration(length)
                .maxErrors(Long.MAX_VALUE)
                .build(),
            _ -> {});
    try (var _ = interruption.cancelling(run::interrupt)) {
      run.run();
    }
  }
}
