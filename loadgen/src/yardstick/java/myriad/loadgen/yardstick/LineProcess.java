package myriad.loadgen.yardstick;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process bound to one core that answers in lines, and ends with its standard input. */
final class LineProcess implements AutoCloseable {

  private static final int END_LIMIT_SECONDS = 10;

  private final Process process;
  private final BufferedReader output;

  private LineProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static LineProcess start(String core, List<String> command) throws IOException {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", core));
    pinned.addAll(command);
    return new LineProcess(
        new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  String ask(String line) throws IOException {
    BufferedWriter input = process.outputWriter();
    input.write(line);
    input.newLine();
    input.flush();
    return readLine();
  }

  String readLine() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("a process ended without an answer");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException failure) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
