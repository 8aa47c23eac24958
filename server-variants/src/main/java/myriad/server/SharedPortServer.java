package myriad.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
   * @throws IOException if the address cannot be bound, as when another server has it, shared or
   *     not; or if a process does not start, and then none is left
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

  /** Garbage collections of all processes, also of those that died. */
  public GcPauses gcPauses() {
    return children.stream().map(ChildSupervisor::gcPauses).reduce(GcPauses.NONE, GcPauses::plus);
  }

  /**
   * Has all processes collect their garbage. What they counted until then is counted on return.
   *
   * @return bytes of their heaps in use afterwards; empty if one does not answer within {@code
   *     limit}
   */
  public OptionalLong heapBytesAfterCollection(Duration limit) {
    List<CompletableFuture<Long>> answers = children.stream().map(ChildSupervisor::settle).toList();
    try {
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return OptionalLong.of(answers.stream().mapToLong(CompletableFuture::join).sum());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return OptionalLong.empty();
    } catch (ExecutionException | TimeoutException noAnswer) {
      return OptionalLong.empty();
    }
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
    requireOwnerless(address);
    return bind(SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEPORT, true), address);
  }

  /** Another server that shares its port would silently share it with this one, and its load. */
  private static void requireOwnerless(InetSocketAddress address) throws IOException {
    bind(SocketChannel.open(), address).close();
  }

  /** Connections of an earlier server that the kernel still remembers (TIME_WAIT) do not matter. */
  private static SocketChannel bind(SocketChannel socket, InetSocketAddress address)
      throws IOException {
    try {
      return socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
    } catch (IOException | RuntimeException failure) {
      socket.close();
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
    CompletableFuture<Void> allEnded =
        CompletableFuture.allOf(
            children.stream().map(ChildSupervisor::ended).toArray(CompletableFuture[]::new));
    children.forEach(child -> child.requestStop(deadline));
    if (isInterruptedBefore(allEnded, deadline.plus(END_LIMIT))) {
      children.forEach(child -> child.requestStop(Duration.ZERO));
      awaitUninterrupted(allEnded, END_LIMIT);
    }
    if (!allEnded.isDone()) {
      children.forEach(ChildSupervisor::kill);
      awaitUninterrupted(allEnded, END_LIMIT);
    }
    return children.stream().allMatch(child -> child.outcome() == StopOutcome.GRACEFUL)
        ? StopOutcome.GRACEFUL
        : StopOutcome.FORCED;
  }

  private static boolean isInterruptedBefore(CompletableFuture<Void> allEnded, Duration limit) {
    try {
      allEnded.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return false;
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException | TimeoutException overdue) {
      return false;
    }
  }

  private static void awaitUninterrupted(CompletableFuture<Void> allEnded, Duration limit) {
    allEnded.copy().completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS).join();
  }

  private void closeReservation() {
    try {
      reservation.close();
    } catch (IOException descriptorIsGoneAnyway) {
      assert !reservation.isOpen();
    }
  }
}
