package myriad.server.async;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A program of the folder {@code oracle}, word for word in Java. */
interface OracleProgram {

  /** Of its Python file, in capitals. */
  String name();

  /** Runs inside a task; prints a line a call. */
  void run(Consumer<String> print) throws Exception;

  /** The first minor version of CPython 3 that behaves as asyncio does today. */
  default int sinceMinor() {
    return 11;
  }

  static String python(boolean value) {
    return value ? "True" : "False";
  }

  /** The message of a failure as Python prints it. */
  static String message(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    return message == null ? "None" : message;
  }

  /** Sleeps, and prints whether it was cancelled meanwhile. */
  static void sleepOr(String name, long millis, Consumer<String> print) {
    try {
      Async.sleep(Duration.ofMillis(millis));
    } catch (CancelledError cancelled) {
      print.accept(name + " cancelled");
      throw cancelled;
    }
  }

  /** Sleeps, prints that it is done, and comes to its name. */
  static Awaitable<String> work(String name, long millis, Consumer<String> print) {
    return () -> {
      sleepOr(name, millis, print);
      print.accept(name + " done");
      return name;
    };
  }

  /** As {@link #work}, but fails in the end. */
  static Awaitable<String> failing(
      String name, long millis, String failure, Consumer<String> print) {
    return () -> {
      work(name, millis, print).await();
      throw new IllegalArgumentException(failure);
    };
  }

  /** How many cancel requests of the running task were not taken back. */
  static int requests() {
    return Task.current("a test").cancelling();
  }
}
