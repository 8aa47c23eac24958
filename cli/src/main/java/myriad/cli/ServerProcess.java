package myriad.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A variant's server in a fresh JVM: started, listened to, and always reaped. It ends when this
 * process does, however that ends, as its standard input ends then. Used by one thread; only {@link
 * #kill} may be called by others.
 */
final class ServerProcess implements AutoCloseable {

  /**
   * Small and fixed, so that growth of resident memory is what connections cost: a young generation
   * of the default size takes longer to fill than a run lasts, and its garbage would be counted.
   */
  private static final List<String> HEAP = List.of("-Xms32m", "-Xmn8m");

  /** Half of the default: a thread a connection should meet another limit before address space. */
  private static final List<String> STACK = List.of("-Xss512k");

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(5);
  private static final int STDERR_LINES_KEPT = 20;

  private final Process process;
  private final CompletableFuture<ServerEvent.Ready> ready = new CompletableFuture<>();
  private final Deque<String> lastErrors = new ArrayDeque<>();
  private final Thread events;
  private final Thread errors;
  private volatile Map<String, Long> counters = Map.of();

  private ServerProcess(Process process) {
    this.process = process;
    this.events = reader("server-events", process.inputReader(), this::onEvent);
    this.errors = reader("server-errors", process.errorReader(), this::onError);
  }

  /**
   * Starts a server; {@link #awaitReady} follows.
   *
   * @param variant id of the variant
   * @param options of {@code serve}, such as {@code --threads}
   * @throws IOException if no process could be made
   */
  static ServerProcess launch(String variant, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(BuildInfo.jvmOptions());
    command.addAll(HEAP);
    command.addAll(STACK);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Myriad.class.getName(), "serve", variant));
    command.addAll(List.of("--json", "--led", "--port", "0"));
    command.addAll(options);
    return new ServerProcess(new ProcessBuilder(command).start());
  }

  /**
   * Waits until the server accepts connections.
   *
   * @return where it listens
   * @throws IOException if it ended or did not answer within {@code deadline}; says why
   */
  InetSocketAddress awaitReady(Duration deadline) throws IOException, InterruptedException {
    try {
      return ready.get(deadline.toMillis(), TimeUnit.MILLISECONDS).address();
    } catch (TimeoutException e) {
      throw new IOException("the server did not listen within " + Figures.time(deadline), e);
    } catch (ExecutionException e) {
      process.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      errors.join(KILL_DEADLINE);
      throw new IOException("the server ended before it listened" + becauseOf(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** What the server counted, as far as it has told; exact after {@link #stop}. */
  Map<String, Long> counters() {
    return counters;
  }

  /** Whether the server ended by itself, and what it said last; empty while it lives. */
  String endedBecause() {
    return process.isAlive() ? "" : "the server ended" + becauseOf();
  }

  /** Asks the server to stop, waits, kills it if it does not, and reaps it. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      process.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
    events.join(KILL_DEADLINE);
    errors.join(KILL_DEADLINE);
  }

  /** Ends the server at once. Safe for use by any thread. */
  void kill() {
    process.destroyForcibly();
  }

  /** {@link #kill}, and reaps what is left, if it was not stopped. */
  @Override
  public void close() {
    kill();
    try {
      process.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void onEvent(String line) {
    switch (ServerEvent.parse(line)) {
      case ServerEvent.Ready event -> ready.complete(event);
      case ServerEvent.Counters event -> counters = event.counters();
    }
  }

  private void onError(String line) {
    synchronized (lastErrors) {
      lastErrors.addLast(line);
      if (lastErrors.size() > STDERR_LINES_KEPT) {
        lastErrors.removeFirst();
      }
    }
  }

  private String becauseOf() {
    synchronized (lastErrors) {
      return " with exit code %s%s"
          .formatted(
              process.isAlive() ? "unknown" : process.exitValue(),
              lastErrors.isEmpty() ? "" : ": " + String.join(" / ", lastErrors));
    }
  }

  private Thread reader(
      String name, BufferedReader lines, java.util.function.Consumer<String> onLine) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              try (lines) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  onLine.accept(line);
                }
              } catch (IOException | IllegalArgumentException e) {
                ready.completeExceptionally(e);
              } finally {
                ready.completeExceptionally(new IOException("output ended"));
              }
            });
  }
}
