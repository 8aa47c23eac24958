package myriad.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One server of several processes that share a port by {@code SO_REUSEPORT}: the kernel hands each
 * connection to one of them, by a hash of its addresses. So neither the descriptors nor the heap of
 * one process bound a server.
 *
 * <p>This process serves nothing itself: it starts the others, adds up their counters, starts one
 * again that died, and stops them all. They end by themselves should this process die.
 */
public final class SharedPortServer implements RunningServer {

  /** Each is a JVM: a thousand of them fill the memory of most hosts. */
  public static final int MAX_PROCESSES = 1_000;

  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration START_LIMIT_PER_PROCESS = Duration.ofSeconds(2);

  /** Time for processes to end beyond the deadline of their connections, or once killed. */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final SocketChannel reservation;
  private final InetSocketAddress address;
  private final ServerCounters counters;
  private final List<ChildSupervisor> children;
  private @Nullable StopOutcome outcome;

  private SharedPortServer(
      SocketChannel reservation, ServerCounters counters, List<ChildSupervisor> children)
      throws IOException {
    this.reservation = reservation;
    this.address = (InetSocketAddress) reservation.getLocalAddress();
    this.counters = counters;
    this.children = children;
  }

  /**
   * Starts {@code processes} servers of {@code variant}, each told {@code config}, in JVMs like
   * this one: same Java, class path and options. Returns when all of them listen.
   *
   * @throws IOException if the address cannot be bound or a process does not start; then none is
   *     left
   */
  public static SharedPortServer start(ServerVariant variant, ServerConfig config, int processes)
      throws IOException {
    SocketChannel reservation = reserve(config.bindAddress());
    List<ChildSupervisor> children = new ArrayList<>();
    try {
      ServerCounters counters = new ServerCounters();
      InetSocketAddress address = (InetSocketAddress) reservation.getLocalAddress();
      List<String> command = ChildCommand.of(variant.id(), config, address);
      for (int i = 0; i < processes; i++) {
        children.add(ChildSupervisor.start(variant.id() + "-" + i, command, counters));
      }
      SharedPortServer server = new SharedPortServer(reservation, counters, children);
      server.awaitReady();
      return server;
    } catch (IOException | RuntimeException failure) {
      stopAll(children, Duration.ZERO);
      reservation.close();
      throw failure;
    }
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  /** The counters of all processes, at most a fraction of a second old. */
  @Override
  public ServerCounters counters() {
    return counters;
  }

  /** The processes that serve now; one that died is missing until it is started again. */
  public List<ProcessHandle> processes() {
    return children.stream().flatMap(child -> child.process().stream()).toList();
  }

  /** How often a process was started again after it died. */
  public long restarts() {
    return children.stream().mapToLong(ChildSupervisor::restarts).sum();
  }

  @Override
  public synchronized StopOutcome stop(Duration deadline) {
    if (outcome == null) {
      outcome = stopAll(children, deadline);
      closeReservation();
    }
    return outcome;
  }

  /** Holds the port without listening on it: the kernel offers no connection to such a socket. */
  private static SocketChannel reserve(InetSocketAddress address) throws IOException {
    SocketChannel reservation = SocketChannel.open();
    try {
      return reservation.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(address);
    } catch (IOException | RuntimeException failure) {
      reservation.close();
      throw failure;
    }
  }

  private void awaitReady() throws IOException {
    Duration limit = START_LIMIT.plus(START_LIMIT_PER_PROCESS.multipliedBy(children.size()));
    long deadlineNs = System.nanoTime() + limit.toNanos();
    try {
      for (ChildSupervisor child : children) {
        child.ready().get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException failure) {
      throw new IOException("a server process did not start", failure.getCause());
    } catch (TimeoutException failure) {
      throw new IOException("not all server processes listened within " + limit, failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while server processes started", failure);
    }
  }

  /** One deadline for all: whoever has not ended by then is killed, and then all are reaped. */
  private static StopOutcome stopAll(List<ChildSupervisor> children, Duration deadline) {
    children.forEach(child -> child.requestStop(deadline));
    CompletableFuture<Void> allEnded =
        CompletableFuture.allOf(
            children.stream().map(ChildSupervisor::ended).toArray(CompletableFuture[]::new));
    if (!endedWithin(deadline.plus(END_LIMIT), allEnded)) {
      children.forEach(ChildSupervisor::kill);
      allEnded.completeOnTimeout(null, END_LIMIT.toNanos(), TimeUnit.NANOSECONDS).join();
    }
    return children.stream().allMatch(child -> child.outcome() == StopOutcome.GRACEFUL)
        ? StopOutcome.GRACEFUL
        : StopOutcome.FORCED;
  }

  private static boolean endedWithin(Duration limit, CompletableFuture<Void> allEnded) {
    try {
      allEnded.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
      return false;
    } catch (TimeoutException overdue) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void closeReservation() {
    try {
      reservation.close();
    } catch (IOException descriptorIsGoneAnyway) {
      assert !reservation.isOpen();
    }
  }
}
