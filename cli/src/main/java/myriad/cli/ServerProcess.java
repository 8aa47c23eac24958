package myriad.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
  private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
  private final LastLines lastErrors = new LastLines();
  private final Thread events;
  private final Thread errors;
  private volatile Map<String, Long> counters = Map.of();
  private volatile CompletableFuture<OptionalLong> settled = new CompletableFuture<>();

  private ServerProcess(Process process) {
    this.process = process;
    this.events = reader("server-events", process.inputReader(), this::onEvent, outputEnded);
    this.errors =
        reader("server-errors", process.errorReader(), lastErrors::add, new CompletableFuture<>());
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
      throw new CommandException(
          ExitCode.HOST_LIMIT,
          "no process for a server could be started: %s; see 'ulimit -u' and the memory that is free"
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public InetSocketAddress awaitReady(Duration deadline) throws IOException, InterruptedException {
    try {
      return ready.get(deadline.toMillis(), TimeUnit.MILLISECONDS).address();
    } catch (TimeoutException e) {
      throw new IOException("the server did not listen within " + Figures.time(deadline), e);
    } catch (ExecutionException e) {
      process.waitFor(KILL_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      errors.join(KILL_DEADLINE);
      throw new IOException(
          "the server ended before it listened" + lastErrors.becauseOf(process), e);
    }
  }

  @Override
  public OptionalLong settle(Duration deadline) throws IOException, InterruptedException {
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
      throw new IOException("the server ended" + lastErrors.becauseOf(process), e);
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

  @Override
  public boolean stop() throws InterruptedException {
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
      case ServerEvent.Settled event -> settled.complete(event.heapBytes());
      case ServerEvent.Counters event -> counters = event.counters();
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
