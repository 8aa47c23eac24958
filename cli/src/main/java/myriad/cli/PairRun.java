package myriad.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import myriad.loadgen.HostLimitException;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.LoadResult;
import myriad.loadgen.LoadRun;
import myriad.results.RunResult.Outcome;

/**
 * One pair: two fresh processes that are up together and are loaded in turns, in mirrored order, so
 * that what drifts on the host drifts for both. The one that waits has no connection and no work.
 */
final class PairRun {

  /** The part that a server plays. */
  enum Side {
    BASE,
    HEAD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Something that each side has. */
  record Sides<T>(T base, T head) {

    T of(Side side) {
      return side == Side.BASE ? base : head;
    }
  }

  /**
   * What is run.
   *
   * @param labels of the results, but for their repeat
   * @param connections of each turn
   * @param firstPriming how long the server whose turn is first is loaded before it counts
   * @param priming how long the other is
   */
  record Spec(
      Sides<GateServer> servers,
      Sides<RunLabel> labels,
      VariantRun.PlanSource plans,
      int connections,
      Duration firstPriming,
      Duration priming) {}

  /** Told what comes next. */
  @FunctionalInterface
  interface TurnListener {
    void turn(String what);
  }

  private record Running(TargetServer server, InetSocketAddress address) {}

  private final Spec spec;
  private final int number;
  private final LiveView view;
  private final TurnListener listener;
  private final Interruption interruption;
  private final Map<Side, TargetServer> processes = new EnumMap<>(Side.class);
  private final Map<Side, Running> running = new EnumMap<>(Side.class);

  /**
   * A pair that is yet to be run.
   *
   * @param number from 1; the odd begin with base, the even with head
   */
  PairRun(Spec spec, int number, LiveView view, TurnListener listener, Interruption interruption) {
    this.spec = spec;
    this.number = number;
    this.view = view;
    this.listener = listener;
    this.interruption = interruption;
  }

  /** Base, head, head, base; or mirrored. */
  static List<Side> order(int number) {
    return number % 2 == 1
        ? List.of(Side.BASE, Side.HEAD, Side.HEAD, Side.BASE)
        : List.of(Side.HEAD, Side.BASE, Side.BASE, Side.HEAD);
  }

  /** {@link #order} in words. */
  static String orderText(int number) {
    return order(number).stream().map(Side::toString).collect(Collectors.joining(" "));
  }

  /** A server could not be brought to the point where it is loaded. */
  private static final class NotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    private final Side side;

    NotStarted(Side side, Exception cause) {
      super(cause.getMessage(), cause);
      this.side = side;
    }
  }

  /**
   * Runs it. What the servers lack is in the results, not thrown.
   *
   * @return a result a turn; fewer than four, with the last not COMPLETE, if it was cut short
   */
  List<LoadResult> run() throws InterruptedException, HostLimitException {
    List<LoadResult> turns = new ArrayList<>();
    List<Side> order = order(number);
    try {
      startBoth(order.subList(0, 2));
      for (Side side : order) {
        listener.turn("turn %d of %d: %s".formatted(turns.size() + 1, order.size(), side));
        LoadResult turn = turn(side, turns.size() / 2 + 1);
        turns.add(turn);
        if (turn.run().outcome() != Outcome.COMPLETE) {
          break;
        }
      }
      for (Side side : processes.keySet()) {
        stop(side, turns);
      }
    } catch (NotStarted e) {
      turns.add(withoutLoad(e.side, String.valueOf(e.getMessage())));
    } finally {
      processes.values().forEach(TargetServer::close);
    }
    return turns;
  }

  private void startBoth(List<Side> sides)
      throws NotStarted, InterruptedException, HostLimitException {
    listener.turn("starting both servers");
    for (Side side : sides) {
      processes.put(side, spec.servers().of(side).launch());
    }
    for (Side side : sides) {
      awaitReady(side);
    }
    prime(sides.getFirst(), spec.firstPriming());
    prime(sides.getLast(), spec.priming());
  }

  private void awaitReady(Side side) throws NotStarted, InterruptedException {
    TargetServer server = of(processes, side);
    try (var _ = interruption.cancelling(server::kill)) {
      running.put(side, new Running(server, server.awaitReady(TargetServer.READY_DEADLINE)));
    } catch (IOException e) {
      throw new NotStarted(side, e);
    }
  }

  private void prime(Side side, Duration length) throws HostLimitException {
    listener.turn("priming " + side);
    InetSocketAddress target = of(running, side).address();
    Priming.of(spec.plans(), target, spec.connections(), length, interruption);
  }

  private LoadResult turn(Side side, int turn) throws InterruptedException, HostLimitException {
    TargetServer server = of(running, side).server();
    LoadPlan plan =
        spec.plans()
            .planFor(of(running, side).address(), spec.connections())
            .serverPid(server.pid())
            .build();
    RunCounters counters = new RunCounters(server);
    LoadRun run = new LoadRun(plan, view, counters);
    LoadResult load;
    try (var _ = interruption.cancelling(run::interrupt)) {
      load = run.run();
    }
    String ended = server.endedBecause(VariantRun.graceAfter(load.run()));
    boolean died = !ended.isEmpty() && !interruption.requested();
    return VariantResults.of(
        label(side, turn),
        load,
        died ? Outcome.TARGET_FAILED : load.run().outcome(),
        counters.ofRun(),
        ended.isEmpty() ? List.of() : List.of(ended));
  }

  /** How a server ended belongs to its last turn, behind which nobody else looks at it. */
  private void stop(Side side, List<LoadResult> turns) throws InterruptedException {
    TargetServer server = of(processes, side);
    int last = order(number).subList(0, turns.size()).lastIndexOf(side);
    if (last < 0 || turns.get(last).run().outcome() != Outcome.COMPLETE) {
      server.stop();
      return;
    }
    LoadResult turn = turns.get(last);
    ServerEnd end = VariantRun.stop(server, turn.run());
    boolean died = end.early() && !interruption.requested();
    turns.set(
        last,
        VariantResults.ended(
            turn, died ? Outcome.TARGET_FAILED : Outcome.COMPLETE, end.findings()));
    if (!died) {
      end.findings()
          .forEach(finding -> view.line("pair %d, %s: %s".formatted(number, side, finding)));
    }
  }

  private LoadResult withoutLoad(Side side, String note) {
    LoadPlan plan = spec.plans().planFor(LoadOptions.ANYWHERE, spec.connections()).build();
    return VariantResults.withoutLoad(
        label(side, 1),
        plan,
        interruption.requested() ? Outcome.PARTIAL : Outcome.TARGET_FAILED,
        note);
  }

  private RunLabel label(Side side, int turn) {
    RunLabel label = spec.labels().of(side);
    return new RunLabel(label.variant(), label.model(), (number - 1) * 2 + turn);
  }

  private static <V> V of(Map<Side, V> map, Side side) {
    V value = map.get(side);
    if (value == null) {
      throw new IllegalStateException("nothing for " + side);
    }
    return value;
  }
}
