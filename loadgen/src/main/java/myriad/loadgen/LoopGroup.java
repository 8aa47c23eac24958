package myriad.loadgen;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import myriad.loadgen.host.ThreadProbe;

/**
 * The event loops of a run, each with its {@link LoadLoop}. The run's thread talks to them by tasks
 * and waits for the answers.
 */
final class LoopGroup implements AutoCloseable {

  /** A loop that does not answer for this long is a fault of Myriad's. */
  private static final long ANSWER_SECONDS = 60;

  private final MultiThreadIoEventLoopGroup group;
  private final List<LoadLoop> loops = new ArrayList<>();
  private final List<LoopProbe> probes;

  LoopGroup(LoadPlan plan) {
    Map<ThreadAwareExecutor, PacedIoHandler> handlers = new ConcurrentHashMap<>();
    IoHandlerFactory transport = plan.transport().newIoHandlerFactory();
    group =
        new MultiThreadIoEventLoopGroup(
            plan.eventLoops(),
            new DefaultThreadFactory("load", true),
            executor -> {
              PacedIoHandler handler =
                  new PacedIoHandler(
                      transport.newHandler(executor),
                      plan.busyPoll(),
                      plan.transport().polledBeforeDueNs(),
                      System::nanoTime);
              handlers.put(executor, handler);
              return handler;
            });
    try {
      for (EventExecutor executor : group) {
        loops.add(new LoadLoop(plan, (EventLoop) executor, loops.size()));
      }
      probes = ask(loop -> begin(loop, handlers));
    } catch (RuntimeException | Error failure) {
      // Some may run: loops that poll would take their CPU for good.
      close();
      throw failure;
    }
  }

  private LoopProbe begin(LoadLoop loop, Map<ThreadAwareExecutor, PacedIoHandler> handlers) {
    loop.join(List.copyOf(loops));
    ThreadProbe thread = ThreadProbe.ofCurrentThread();
    thread.sharpenTimers();
    PacedIoHandler handler = handlers.get(loop.eventLoop());
    if (handler == null) {
      throw new IllegalStateException("no I/O handler for " + loop.eventLoop());
    }
    handler.pace(loop);
    return new LoopProbe(thread, handler.idleTime());
  }

  /** Of each loop. */
  List<LoopProbe> probes() {
    return probes;
  }

  int size() {
    return loops.size();
  }

  /** How the connections of all loops stand; does not wait for any loop. */
  ConnectStatus status() {
    return loops.stream().map(LoadLoop::status).reduce(ConnectStatus.NONE, ConnectStatus::plus);
  }

  /**
   * Has every loop begin to load. Those without a connection have no share of the schedule, unless
   * lost connections are replaced.
   */
  void startLoading(LoadWindow window, ConnectionLife life) {
    List<LoadLoop> able =
        loops.stream().filter(loop -> life.reconnect() || loop.status().served() > 0).toList();
    tell(loop -> loop.startLoading(window, able.indexOf(loop), able.size()));
  }

  /** Cuts the interval on every loop; loop {@code i} goes on with {@code next.get(i)}. */
  List<LoopSnapshot> swap(List<IntervalLog.Recorders> next) {
    return ask(
        loop -> {
          IntervalLog.Recorders mine = next.get(loop.index());
          return loop.swap(mine.measured(), mine.outside());
        });
  }

  /** Has every loop do something, and waits until each has. */
  void tell(Consumer<LoadLoop> what) {
    ask(
        loop -> {
          what.accept(loop);
          return Boolean.TRUE;
        });
  }

  /** Has every loop answer something, and waits for all answers, in the order of the loops. */
  <T> List<T> ask(Function<LoadLoop, T> what) {
    List<Future<T>> answers =
        loops.stream()
            .<Future<T>>map(loop -> loop.eventLoop().submit(() -> answer(loop, what)))
            .toList();
    return answers.stream().map(LoopGroup::answer).toList();
  }

  /** Ends the loops; their connections are closed by then. */
  @Override
  public void close() {
    group
        .shutdownGracefully(0, ANSWER_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  private static <T> T answer(LoadLoop loop, Function<LoadLoop, T> what) {
    loop.requireHealth();
    return what.apply(loop);
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("an event loop of the generator failed", failed.getCause());
    } catch (TimeoutException stuck) {
      throw new IllegalStateException(
          "an event loop of the generator did not answer for " + ANSWER_SECONDS + " s", stuck);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an event loop", interrupted);
    }
  }
}
