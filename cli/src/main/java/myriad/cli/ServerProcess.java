package myriad.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A variant's server in a fresh JVM: started, listened to, and always reaped. It ends when this
 * process does, however that ends, as its standard input ends then. Used by one thread; only {@link
 * #kill} may be called by others.
 */
final class ServerProcess implements AutoCloseable {

  /** Asks a led server for {@link #settle}. */
  static final String SETTLE = "settle";

  /** Warnings of the JVM go to standard output by default, where events are told. */
  private static final List<String> LOG = List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(5);
  private static final int STDERR_LINES_KEPT = 20;

  private final Process process;
  private final CompletableFuture<ServerEvent.Ready> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
  private final Deque<String> lastErrors = new ArrayDeque<>();
  private final Thread events;
  private final Thread errors;
  private volatile Map<String, Long> counters = Map.of();
  private volatile CompletableFuture<OptionalLong> settled = new CompletableFuture<>();

  private ServerProcess(Process process) {
    this.process = process;
    this.events = reader("server-events", process.inputReader(), this::onEvent, outputEnded);
    this.errors =
        reader("server-errors", process.errorReader(), this::onError, new CompletableFuture<>());
  }

  /**
   * Starts a server; {@link #awaitReady} follows.
   *
   * @param variant id of the variant
   * @param options of {@code serve}, such as {@code --threads}
   * @throws CommandException if this host has no room for a process
   */
  static ServerProcess launch(String variant, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(BuildInfo.jvmOptions());
    command.addAll(LOG);
    command.addAll(BuildInfo.serverJvmOptions());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Myriad.class.getName(), "serve", variant));
    command.addAll(List.of("--json", "--led", "--port", "0"));
    command.addAll(options);
    try {
      return new ServerProcess(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.HOST_LIMIT,
          "no process for a server could be started: %s; see 'ulimit -u' and the memory that is free"
              .formatted(e.getMessage()),
          e);
    }
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

  /**
   * Has the server give back what is garbage, so that what is resident afterwards is in use.
   *
   * @return bytes of its heap in use; empty for a server of several processes
   * @throws IOException if it ended, or did not answer within {@code deadline}
   */
  OptionalLong settle(Duration deadline) throws IOException, InterruptedException {
    CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
    settled = answer;
    BufferedWriter commands = process.outputWriter();
    commands.write(SETTLE);
    commands.newLine();
    commands.flush();
    try {
      CompletableFuture.anyOf(answer, outputEnded).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the server did not answer within " + Figures.time(deadline), e);
    } catch (ExecutionException e) {
      throw new IOException("the server ended" + becauseOf(), e);
    }
    if (!answer.isDone()) {
      throw new IOException("the server ended" + becauseOf());
    }
    return answer.join();
  }

  long pid() {
    return process.pid();
  }

  /** What the server counted, as far as it has told; exact after {@link #stop}. */
  Map<String, Long> counters() {
    return counters;
  }

  /**
   * Whether the server ended by itself, and what it said last; empty if it lives on after {@code
   * grace}, as a process that dies closes its sockets before it can be reaped.
   */
  String endedBecause(Duration grace) throws InterruptedException {
    return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)
        ? "the server ended" + becauseOf()
        : "";
  }

  /**
   * Asks the server to stop, waits, kills it if it does not, and reaps it.
   *
   * @return whether it stopped by itself; if not, its counters may be a second old
   */
  boolean stop() throws InterruptedException {
    // Process.destroy would also close the pipes, and the last counters would be lost.
    process.toHandle().destroy();
    boolean stopped = process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    if (!stopped) {
      kill();
      process.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
    events.join(KILL_DEADLINE);
    errors.join(KILL_DEADLINE);
    return stopped;
  }

  /** Ends the server at once. Safe for use by any thread. */
  void kill() {
    process.toHandle().destroyForcibly();
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
    ServerEvent parsed;
    try {
      parsed = ServerEvent.parse(line);
    } catch (IllegalArgumentException notAnEvent) {
      onError(line);
      return;
    }
    switch (parsed) {
      case ServerEvent.Ready event -> ready.complete(event);
      case ServerEvent.Settled event -> settled.complete(event.heapBytes());
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
      String name,
      BufferedReader lines,
      Consumer<String> onLine,
      CompletableFuture<Void> streamEnded) {
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
                streamEnded.complete(null);
              }
            });
  }
}
