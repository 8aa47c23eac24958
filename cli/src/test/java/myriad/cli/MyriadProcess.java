package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A real process under test, with what it says; ended by {@link #close} at the latest. */
final class MyriadProcess implements AutoCloseable {

  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final Path LAUNCHER = Path.of("target", "myriad").toAbsolutePath();

  private final Process process;
  private final Lines out;
  private final Lines err;

  private MyriadProcess(Process process) {
    this.process = process;
    this.out = new Lines(process.inputReader());
    this.err = new Lines(process.errorReader());
  }

  /** Starts {@code myriad} as a user would. */
  static MyriadProcess myriad(String... arguments) {
    return start(Stream.concat(Stream.of(LAUNCHER.toString()), Arrays.stream(arguments)).toList());
  }

  /** Starts any program. */
  static MyriadProcess start(List<String> command) {
    return start(new ProcessBuilder(command));
  }

  static MyriadProcess start(ProcessBuilder command) {
    try {
      return new MyriadProcess(command.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path launcher() {
    return LAUNCHER;
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Waits for the end, and for all that was said. */
  int exitCode() throws InterruptedException {
    return exitCode(DEADLINE);
  }

  /** Likewise, of one that runs longer than others. */
  int exitCode(Duration deadline) throws InterruptedException {
    assertThat(process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS))
        .describedAs("process ends; it said %s and %s", out, err)
        .isTrue();
    out.awaitEnd();
    err.awaitEnd();
    return process.exitValue();
  }

  String awaitOut(Predicate<String> wanted) throws InterruptedException {
    return out.await(wanted);
  }

  String awaitErr(Predicate<String> wanted) throws InterruptedException {
    return err.await(wanted);
  }

  List<String> out() {
    return out.all();
  }

  List<String> err() {
    return err.all();
  }

  /** Sends a signal, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    signal(pid(), name);
  }

  static void signal(long pid, String name) throws IOException, InterruptedException {
    signal(Long.toString(pid), name);
  }

  /** Sends a signal to every process of a group, as a terminal does. */
  static void signalGroup(long leader, String name) throws IOException, InterruptedException {
    signal("-" + leader, name);
  }

  private static void signal(String whom, String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, "--", whom).start();
    assertThat(kill.waitFor()).describedAs("kill -%s -- %s", name, whom).isZero();
  }

  /** Says a line to its standard input. */
  void writeLine(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
  }

  /** Ends its standard input. */
  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits until no process has that id. */
  static void awaitGone(ProcessHandle handle) throws Exception {
    handle.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Lines of one stream, read by a thread of their own. */
  private static final class Lines {

    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    Lines(BufferedReader stream) {
      reader = Thread.ofPlatform().daemon().start(() -> read(stream));
    }

    private void read(BufferedReader stream) {
      try (stream) {
        stream.lines().forEach(this::add);
      } catch (IOException | UncheckedIOException e) {
        add("(stream failed: " + e + ")");
      } finally {
        end();
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized List<String> all() {
      return List.copyOf(lines);
    }

    void awaitEnd() throws InterruptedException {
      assertThat(reader.join(DEADLINE)).describedAs("stream ends after its process").isTrue();
    }

    synchronized String await(Predicate<String> wanted) throws InterruptedException {
      long deadlineNs = System.nanoTime() + DEADLINE.toNanos();
      while (true) {
        for (String line : lines) {
          if (wanted.test(line)) {
            return line;
          }
        }
        long leftMillis = (deadlineNs - System.nanoTime()) / 1_000_000;
        if (ended || leftMillis <= 0) {
          throw new AssertionError("the line waited for was not said; said was " + lines);
        }
        wait(leftMillis);
      }
    }

    @Override
    public synchronized String toString() {
      return lines.toString();
    }
  }
}
