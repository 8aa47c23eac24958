package myriad.server.async;

import static myriad.server.async.AsyncTestCase.ms;
import static myriad.server.async.AsyncTestCase.turns;
import static myriad.server.async.OracleProgram.requests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs what {@code oracle/random_programs.py} runs, and prints the same. A statement is a list: its
 * name, then its arguments; what it comes to ends the block, null lets it go on.
 */
final class RandomProgram {

  private static final int ROUNDS = 30;

  /** A kind of statement. */
  @FunctionalInterface
  interface Statement {
    @Nullable String run(String own, Form statement) throws Exception;
  }

  /** A kind of statement that comes to nothing. */
  @FunctionalInterface
  interface Step {
    void run(String own, Form statement) throws Exception;
  }

  private final Consumer<String> lines;
  private final Map<String, Task<String>> tasks = new LinkedHashMap<>();
  private final Map<String, Statement> statements = new LinkedHashMap<>();

  RandomProgram(Consumer<String> lines) {
    this.lines = lines;
    new RandomSharing(this).addStatements();
    new RandomWaits(this).addStatements();
    new RandomBlocks(this).addStatements();
    addStep("turn", (own, form) -> turns(form.number(1)));
    addStep("sleep", (own, form) -> Async.sleep(ms(form.number(1))));
    addStep("cancel", this::cancel);
    addStep("uncancel", (own, _) -> print(own, "uncancels", Task.current("a test").uncancel()));
    add("give", (own, form) -> form.word(1));
    addStep(
        "fail",
        (own, form) -> {
          throw new IllegalArgumentException(form.word(1));
        });
  }

  void add(String name, Statement statement) {
    statements.put(name, statement);
  }

  void addStep(String name, Step step) {
    add(
        name,
        (own, form) -> {
          step.run(own, form);
          return null;
        });
  }

  /** Runs the program, then cancels what is left of it, again and again, and prints the ends. */
  void run(Form program) throws Exception {
    block("main", program);
    Async.sleep(ms(20));
    for (int i = 0; i < ROUNDS; i++) {
      List<Task<String>> left = tasks.values().stream().filter(task -> !task.isDone()).toList();
      left.forEach(Task::cancel);
      Async.sleep(ms(20));
    }
    for (Map.Entry<String, Task<String>> task : tasks.entrySet()) {
      print("main", task.getKey(), endOf(task.getValue()), task.getValue().cancelling());
    }
  }

  private static String endOf(Task<String> task) {
    return task.isDone() ? describe(Outcome.of(task)) : "pending";
  }

  void print(String own, Object... words) {
    StringBuilder line = new StringBuilder(own).append('@').append(millis());
    for (Object word : words) {
      line.append(' ').append(word instanceof Boolean truth ? OracleProgram.python(truth) : word);
    }
    lines.accept(line.toString());
  }

  private static long millis() {
    return EventLoop.running().timeNanos() / 1_000_000;
  }

  /** The value that the block returned; null if it went to its end. */
  @Nullable String block(String own, Form block) throws Exception {
    for (Form statement : block.items()) {
      String value = run(own, statement);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** As {@link #block}, as Python prints it. */
  String valueOf(String own, Form block) throws Exception {
    String value = block(own, block);
    return value == null ? "None" : value;
  }

  private @Nullable String run(String own, Form statement) throws Exception {
    String name = statement.word(0);
    Statement kind = statements.get(name);
    if (kind == null) {
      throw new AssertionError(name);
    }
    try {
      return kind.run(own, statement);
    } catch (Throwable failure) {
      print(own, name, describe(failure), requests());
      throw failure;
    }
  }

  private String task(String own, Form body) throws Exception {
    print(own, "starts");
    try {
      String value = valueOf(own, body);
      print(own, "ends", value);
      return value;
    } catch (Throwable failure) {
      print(own, "ends", describe(failure), requests());
      throw failure;
    }
  }

  Task<String> start(String number, Form body) {
    return keep(number, Async.createTask(() -> task(number, body)));
  }

  Task<String> start(String number, Form body, TaskGroup group) {
    return keep(number, group.createTask(() -> task(number, body)));
  }

  private Task<String> keep(String number, Task<String> task) {
    tasks.put(number, task);
    return task;
  }

  /** The tasks of these numbers, as far as they were started. */
  List<Task<String>> known(List<Form> numbers) {
    List<Task<String>> known = new ArrayList<>();
    for (Form number : numbers) {
      Task<String> task = tasks.get(number.word());
      if (task != null) {
        known.add(task);
      }
    }
    return known;
  }

  private void cancel(String own, Form form) {
    for (Task<String> task : known(form.from(1))) {
      boolean asked = task.cancel();
      print(own, "cancels", form.word(1), asked, task.cancelling());
    }
  }

  static String describe(Outcome<String> outcome) {
    return outcome.exception() != null
        ? describe(outcome.exception())
        : String.valueOf(outcome.value());
  }

  static String describe(Throwable failure) {
    return switch (failure) {
      case CancelledError _ -> "cancelled";
      case java.util.concurrent.TimeoutException _ -> "timeout";
      case IllegalArgumentException failed -> "failed:" + failed.getMessage();
      case ExceptionGroup group -> "group[%s]".formatted(describeAll(group));
      default -> "refused";
    };
  }

  private static String describeAll(ExceptionGroup group) {
    return String.join(",", group.exceptions().stream().map(RandomProgram::describe).toList());
  }
}
