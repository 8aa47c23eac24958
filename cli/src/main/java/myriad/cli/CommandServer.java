package myriad.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An echo server that a user's command starts. A guard, a shell in a session of its own, starts it,
 * says its process id, and ends whatever the command left in its process group when its own
 * standard input ends, which is when this process does, however that happens.
 */
final class CommandServer implements TargetServer {

  /** What stands for the port in a command. */
  static final String PORT = "{port}";

  /** Two seconds after it was asked to, what has not ended is killed. */
  private static final String GUARD =
      """
      exec 3<&0
      trap '' TERM INT HUP
      (trap - TERM INT HUP; exec sh -c "$1" 3<&- </dev/null >&2) &
      server=$!
      echo "$server"
      (
        cat <&3 >/dev/null
        kill -TERM 0
        tenths=0
        while [ $tenths -lt 20 ] && kill -0 "$server" 2>/dev/null; do
          sleep 0.1
          tenths=$((tenths + 1))
        done
        kill -KILL 0
      ) >/dev/null 2>&1 &
      wait "$server"
      """;

  private static final Duration END_DEADLINE = Duration.ofSeconds(5);
  private static final String PROBE_ADDRESS = "127.0.0.2";
  private static final int CONNECT_MILLIS = 1_000;
  private static final long BETWEEN_LOOKS_MILLIS = 5;

  private final Process guard;
  private final InetSocketAddress address;
  private final CompletableFuture<Long> pid = new CompletableFuture<>();
  private final LastLines said = new LastLines();
  private volatile boolean killed;

  private CommandServer(Process guard, InetSocketAddress address) {
    this.guard = guard;
    this.address = address;
    Thread.ofPlatform().daemon().name("server-pid").start(this::readPid);
    said.follow(guard);
  }

  /**
   * Starts a server; {@link #awaitReady} follows.
   *
   * @param command for a shell, in which {@value #PORT} stands for the port
   * @throws CommandException if this host has no room for a process
   */
  static CommandServer launch(String command) {
    try {
      int port = FreePort.find();
      String line = command.replace(PORT, Integer.toString(port));
      Process guard = new ProcessBuilder("setsid", "sh", "-c", GUARD, "guard", line).start();
      return new CommandServer(
          guard, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw TargetServer.noProcess(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public InetSocketAddress awaitReady(Duration deadline) throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + deadline.toNanos();
    awaitPid(deadline);
    while (!isListening()) {
      String ended = endedBecause(Duration.ZERO);
      if (!ended.isEmpty()) {
        throw new IOException(ended + " before it listened on port " + address.getPort());
      }
      if (System.nanoTime() > deadlineNs) {
        throw new IOException(
            "the server did not listen on port %d within %s"
                .formatted(address.getPort(), Figures.time(deadline)));
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
    return address;
  }

  private void awaitPid(Duration deadline) throws IOException, InterruptedException {
    try {
      pid.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the server was not started within " + Figures.time(deadline), e);
    } catch (ExecutionException e) {
      if (killed) {
        throw new IOException("the server was ended before it was started", e);
      }
      throw TargetServer.noProcess("the shell that starts it ended" + said.becauseOf(guard), e);
    }
  }

  private boolean isListening() {
    try (Socket probe = new Socket()) {
      // From another address, as a port that nobody listens on could else be connected to itself.
      probe.bind(new InetSocketAddress(PROBE_ADDRESS, 0));
      probe.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Nothing is known of how a foreign server would be asked. */
  @Override
  public OptionalLong settle(Duration deadline) {
    return OptionalLong.empty();
  }

  @Override
  public long pid() {
    return pid.resultNow();
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of();
  }

  @Override
  public String endedBecause(Duration grace) throws InterruptedException {
    return guard.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)
        ? "the server ended" + said.becauseOf(guard)
        : "";
  }

  /** Any exit code may be that of a foreign server which was asked to stop. */
  @Override
  public ServerEnd stop() throws InterruptedException {
    List<ProcessHandle> others = descendantsOfServer();
    tellGuard();
    boolean stopped = guard.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    if (!stopped) {
      kill();
      guard.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
    awaitGone(others);
    return stopped ? ServerEnd.AS_ASKED : ServerEnd.FORCED;
  }

  @Override
  public void kill() {
    killed = true;
    descendantsOfServer().forEach(ProcessHandle::destroyForcibly);
    server().ifPresent(ProcessHandle::destroyForcibly);
    tellGuard();
  }

  @Override
  public void close() {
    kill();
    try {
      if (!guard.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        guard.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process of the command, where it was started and has not ended. */
  private Optional<ProcessHandle> server() {
    return pid.state() == State.SUCCESS ? ProcessHandle.of(pid.resultNow()) : Optional.empty();
  }

  private List<ProcessHandle> descendantsOfServer() {
    return server().stream().flatMap(ProcessHandle::descendants).toList();
  }

  private void tellGuard() {
    try {
      guard.outputWriter().close();
    } catch (IOException alreadyEnded) {
      // then there is nobody to tell
    }
  }

  /** Waits until the guard has ended what the server started, and ends what is not in time. */
  private static void awaitGone(List<ProcessHandle> processes) throws InterruptedException {
    long deadlineNs = System.nanoTime() + END_DEADLINE.toNanos();
    for (ProcessHandle process : processes) {
      while (isRunning(process) && System.nanoTime() < deadlineNs) {
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      }
      process.destroyForcibly();
    }
  }

  /** Whoever inherited an ended process may be slow to reap it, and until then it seems alive. */
  private static boolean isRunning(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return process.isAlive() && !stat.contains(") Z");
    } catch (IOException gone) {
      return false;
    }
  }

  private void readPid() {
    try (BufferedReader line = guard.inputReader()) {
      pid.complete(Long.parseLong(String.valueOf(line.readLine())));
    } catch (IOException | NumberFormatException notSaid) {
      pid.completeExceptionally(notSaid);
    }
  }
}
