package myriad.loadgen.yardstick;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import myriad.loadgen.Arrivals;
import myriad.loadgen.Arrivals.Spacing;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadRun;
import myriad.loadgen.RateProfile;
import myriad.loadgen.Transport;
import myriad.results.Interval;
import myriad.results.RunResult;

/**
 * The generator in a process of its own. Its one argument is the {@link Transport}. Obeys a command
 * a line, and answers with figures, until its standard input ends: {@code load PORT CONNECTIONS
 * WARMUP_MS MEASURE_MS RATE} (rate 0 is a closed loop) with messages a second and CPU ns a message,
 * {@code connect PORT CONNECTIONS SOURCE} with connects a second.
 */
final class YardstickGenerator {

  private YardstickGenerator() {}

  public static void main(String[] arguments) throws IOException, HostLimitException {
    Transport transport = Transport.valueOf(arguments[0]);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      LoadPlan.Builder plan =
          LoadPlan.against(
                  new InetSocketAddress(
                      InetAddress.getLoopbackAddress(), Integer.parseInt(words[1])))
              .connections(Integer.parseInt(words[2]))
              .transport(transport)
              .eventLoops(1);
      System.out.println(
          switch (words[0]) {
            case "load" -> load(plan, words);
            case "connect" -> connect(plan.sources(List.of(InetAddress.getByName(words[3]))));
            default -> throw new IllegalArgumentException(line);
          });
    }
  }

  private static String load(LoadPlan.Builder plan, String[] words) throws HostLimitException {
    double rate = Double.parseDouble(words[5]);
    RunResult run =
        run(
            plan.warmup(Duration.ofMillis(Long.parseLong(words[3])))
                .duration(Duration.ofMillis(Long.parseLong(words[4])))
                .arrivals(
                    rate == 0
                        ? new Arrivals.ClosedLoop(Duration.ZERO)
                        : new Arrivals.OpenLoop(RateProfile.constant(rate), Spacing.CONSTANT, 1)));
    double cpuSeconds = Objects.requireNonNull(run.generator()).cpuSeconds();
    return run.messagesPerSecond() + " " + cpuSeconds * 1e9 / run.messages();
  }

  private static String connect(LoadPlan.Builder plan) throws HostLimitException {
    RunResult run =
        run(
            plan.arrivals(new Arrivals.Idle())
                .warmup(Duration.ZERO)
                .duration(Duration.ofMillis(100)));
    double seconds =
        run.intervals().stream()
            .filter(interval -> interval.phase() == Interval.Phase.CONNECT)
            .mapToDouble(Interval::lengthSeconds)
            .sum();
    return "" + run.connections().open() / seconds;
  }

  private static RunResult run(LoadPlan.Builder plan) throws HostLimitException {
    return new LoadRun(plan.build(), _ -> {}).run().run();
  }
}
