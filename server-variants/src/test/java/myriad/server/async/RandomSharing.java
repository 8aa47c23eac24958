package myriad.server.async;

import static myriad.server.async.Async.shield;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Statements about what the tasks of a random program share: events, queues and futures. */
final class RandomSharing {

  private final RandomProgram program;
  private final Event[] events = {new Event(), new Event()};
  private final List<Queue<String>> queues = List.of(new Queue<>(), new Queue<>(1));
  private final List<Future<String>> futures =
      Stream.generate(() -> EventLoop.running().<String>createFuture()).limit(3).toList();

  RandomSharing(RandomProgram program) {
    this.program = program;
  }

  void addStatements() {
    addEvents();
    addFutures();
    program.addStep("put", this::put);
    program.addStep("put_now", this::putNow);
    program.addStep("get", (own, form) -> program.print(own, "got", queue(form).get()));
    program.addStep("get_now", this::getNow);
    program.addStep("task_done", this::taskDone);
    program.addStep("join", this::join);
    program.addStep("shut_down", (own, form) -> queue(form).shutDown());
    program.addStep("shut_down_now", (own, form) -> queue(form).shutDownNow());
  }

  private void addEvents() {
    program.addStep("set_event", (own, form) -> events[form.number(1)].set());
    program.addStep("clear_event", (own, form) -> events[form.number(1)].clear());
    program.addStep("await_event", (own, form) -> events[form.number(1)].await());
  }

  private void addFutures() {
    program.addStep(
        "set_future",
        (own, form) ->
            Stream.of(future(form))
                .filter(Predicate.not(Future::isDone))
                .forEach(future -> future.setResult("future")));
    program.addStep(
        "cancel_future",
        (own, form) -> program.print(own, "cancels future", future(form).cancel()));
    program.addStep("await_future", (own, form) -> program.print(own, "has", future(form).await()));
    program.addStep(
        "shield_future", (own, form) -> program.print(own, "has", shield(future(form)).await()));
  }

  private Queue<String> queue(Form form) {
    return queues.get(form.number(1));
  }

  private Future<String> future(Form form) {
    return futures.get(form.number(1));
  }

  private void put(String own, Form form) {
    queue(form).put(form.word(2));
    program.print(own, "put", form.word(2));
  }

  private void putNow(String own, Form form) {
    try {
      queue(form).putNow(form.word(2));
    } catch (QueueShutDownException shutDown) {
      throw shutDown;
    } catch (IllegalStateException full) {
      program.print(own, "full");
    }
  }

  private void getNow(String own, Form form) {
    try {
      program.print(own, "got", queue(form).getNow());
    } catch (NoSuchElementException empty) {
      program.print(own, "empty");
    }
  }

  private void taskDone(String own, Form form) {
    try {
      queue(form).taskDone();
    } catch (IllegalStateException tooOften) {
      program.print(own, "done too often");
    }
  }

  private void join(String own, Form form) {
    queue(form).join();
    program.print(own, "joined");
  }
}
