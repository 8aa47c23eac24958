package myriad.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A variant's server in a fresh JVM: started, listened to, and always reaped. It ends when this
 * process does, however that ends, as its standard input ends then.
 */
final class ServerProcess implements TargetServer {

  /** Asks a led server for {@link #settle}. */
  static final String SETTLE = "settle";

  /** Warnings of the JVM go to standard output by default, where events are told. */
  private static final List<String> LOG = List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);
  private static final Duration KILL_DEADLINE = Duration.ofSeconds(5);

  private final Process process;
  private final CompletableFuture<ServerEvent.Ready> ready = new CompletableFuture<>();
  private final LastLines lastErrors = new LastLines();
  private final Thread events;
  private volatile Map<String, Long> counters = Map.of();

  /** Of {@link #settle}, oldest first, which is the order of the answers: one may come too late. */
  private final Queue<CompletableFuture<OptionalLong>> unanswered = new ConcurrentLinkedQueue<>();

  private ServerProcess(Process process) {
    this.process = process;
    this.events = Thread.ofPlatform().daemon().name("server-events").start(this::readEvents);
    lastErrors.follow(process);
  }

  /**
   * Starts a server; {@link #awaitReady} follows.
   *
   * @param variant id of the variant
   * @param options of {@code serve}, such as {@code --threads}
   * @throws CommandException if this host has no room for a process
   */
  static ServerProcess launch(String variant, List<String> options) {
    return launch(variant, options, Path.of(System.getProperty("java.home")), List.of());
  }

  /**
   * Likewise, in a JVM of the user's choice.
   *
   * @param jvmOptions that win over those that every server is given
   */
  static ServerProcess launch(
      String variant, List<String> options, Path javaHome, List<String> jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.addAll(BuildInfo.jvmOptions());
    command.addAll(LOG);
    command.addAll(BuildInfo.serverJvmOptions());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Myriad.class.getName(), "serve", variant));
    command.addAll(List.of("--json", "--led", "--port", "0"));
    command.addAll(options);
    try {
      return new ServerProcess(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw TargetServer.noProcess(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public InetSocketAddress awaitReady(Duration deadline) throws IOException, InterruptedException {
    try {
      return ready.get(deadline.toMillis(), TimeUnit.MILLISECONDS).address();
    } catch (TimeoutException e) {
      throw new IOException("the server did not listen within " + Figures.time(deadline), e);
    } catch (ExecutionException e) {
      throw new IOException(
          "the server ended before it listened" + lastErrors.becauseOf(process), e);
    }
  }

  @Override
  public OptionalLong settle(Duration deadline) throws IOException, InterruptedException {
    CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
    unanswered.add(answer);
    BufferedWriter commands = process.outputWriter();
    commands.write(SETTLE);
    commands.newLine();
    commands.flush();
    try {
      CompletableFuture.anyOf(answer, process.onExit())
          .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the server did not answer within " + Figures.time(deadline), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("neither an answer nor an end can fail", e);
    }
    if (!answer.isDone()) {
      throw new IOException("the server ended" + lastErrors.becauseOf(process));
    }
    return answer.join();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public Map<String, Long> counters() {
    return counters;
  }

  @Override
  public String endedBecause(Duration grace) throws InterruptedException {
    return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)
        ? "the server ended" + lastErrors.becauseOf(process)
        : "";
  }

  /** A server that is asked to stop ends with 0: with another code, it ended by itself. */
  @Override
  public ServerEnd stop() throws InterruptedException {
    // Process.destroy would also close the pipes, and the last counters would be lost.
    process.toHandle().destroy();
    boolean stopped = process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    if (!stopped) {
      kill();
      process.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }
    events.join(KILL_DEADLINE);
    if (!stopped) {
      return ServerEnd.FORCED;
    }
    return process.exitValue() == 0
        ? ServerEnd.AS_ASKED
        : ServerEnd.early("the server ended" + lastErrors.becauseOf(process));
  }

  @Override
  public void kill() {
    process.toHandle().destroyForcibly();
  }

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
      lastErrors.add(line);
      return;
    }
    switch (parsed) {
      case ServerEvent.Ready event -> ready.complete(event);
      case ServerEvent.Settled event -> answer(event);
      case ServerEvent.Counters event -> counters = event.counters();
    }
  }

  private void answer(ServerEvent.Settled event) {
    CompletableFuture<OptionalLong> oldest = unanswered.poll();
    if (oldest != null) {
      oldest.complete(event.heapBytes());
    }
  }

  private void readEvents() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(this::onEvent);
    } catch (IOException | UncheckedIOException e) {
      ready.completeExceptionally(e);
    } finally {
      ready.completeExceptionally(new IOException("output ended"));
    }
  }
}
