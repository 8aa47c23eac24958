package myriad.results;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An invented sweep of eleven variants that looks like a real one, for tests of what is made of
 * results. The same arguments give the same sweep. It has what a real one has: a variant that
 * cannot run here, one that cannot reach a count, a server that dies, a generator that was the
 * bottleneck, a second in which a server froze.
 */
public final class SampleSweep {

  public static final Instant STARTED_AT = Instant.parse("2026-11-22T20:15:30Z");
  public static final Environment ENVIRONMENT =
      new Environment(
          "0.1.0",
          "25.0.3+9",
          "Eclipse Adoptium",
          "Linux",
          "6.18.44",
          "amd64",
          "Intel(R) Xeon(R) Processor @ 2.90GHz",
          2,
          24L << 30,
          "bench-host",
          limits());

  private final List<Integer> connections;
  private final int repeats;
  private final int rate;

  private SampleSweep(List<Integer> connections, int repeats) {
    this(connections, repeats, 0);
  }

  /**
   * @param rate messages a second that are offered; 0 for closed loop
   */
  private SampleSweep(List<Integer> connections, int repeats, int rate) {
    this.connections = List.copyOf(connections);
    this.repeats = repeats;
    this.rate = rate;
  }

  private static Map<String, String> limits() {
    Map<String, String> limits = new LinkedHashMap<>();
    limits.put("descriptors", "20000");
    limits.put("net.core.somaxconn", "4096");
    limits.put("pid_max", "32768");
    return limits;
  }

  /** Three variants at two counts, once: enough for a test of a format. */
  public static RecordedSweep small() {
    return new SampleSweep(List.of(100, 1_000), 1).recorded(3);
  }

  /** The size that the report's limits are stated for. */
  public static RecordedSweep large() {
    return new SampleSweep(List.of(100, 1_000, 10_000), 5).recorded(SampleServer.ALL.size());
  }

  /** Three variants in closed loop at six counts, twice: enough to fit a law to. */
  public static RecordedSweep overConnections() {
    return new SampleSweep(List.of(1, 4, 16, 64, 256, 1_024), 2).recorded(3);
  }

  /** Two variants in open loop at five rates, the highest of which they cannot serve. */
  public static RecordedSweep overRates() {
    List<RecordedSweep> rates =
        IntStream.rangeClosed(1, 5)
            .mapToObj(step -> new SampleSweep(List.of(1_000), 1, step * 25_000).recorded(2))
            .toList();
    List<RunResult> runs = rates.stream().flatMap(sweep -> sweep.result().runs().stream()).toList();
    return new RecordedSweep(
        Runs.sweepOf(rates.getFirst().result(), runs),
        index -> rates.get(index / 2).histograms().histogramsOf(index % 2));
  }

  private RecordedSweep recorded(int variants) {
    List<SampleServer> all = SampleServer.ALL;
    List<SampleRun> runs = runs(all.subList(all.size() - variants, all.size())).toList();
    SweepResult sweep =
        new SweepResult(
            SweepResult.FORMAT_VERSION,
            "20261122-201530-bench",
            SweepResult.Status.COMPLETE,
            STARTED_AT,
            STARTED_AT.plusSeconds(runs.size() * (SampleRun.MEASURED_SECONDS + 3L)),
            List.of("myriad", "bench", "-c", "100,1k,10k", "--repeats", "" + repeats),
            ENVIRONMENT,
            runs.stream().map(SampleRun::result).toList());
    return new RecordedSweep(sweep, index -> runs.get(index).histograms());
  }

  private Stream<SampleRun> runs(List<SampleServer> servers) {
    return servers.stream()
        .flatMap(
            server ->
                connections.stream()
                    .flatMap(
                        count ->
                            IntStream.rangeClosed(1, repeats)
                                .mapToObj(repeat -> new SampleRun(server, count, repeat, rate))));
  }
}
