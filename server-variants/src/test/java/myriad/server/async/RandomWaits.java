package myriad.server.async;

import static myriad.server.async.AsyncTestCase.ms;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Statements of a random program that wait for tasks started before. */
final class RandomWaits {

  private final RandomProgram program;

  RandomWaits(RandomProgram program) {
    this.program = program;
  }

  void addStatements() {
    program.addStep("call_back", this::callBack);
    program.addStep("await_task", (own, form) -> printResult(own, form, task -> task));
    program.addStep("shield_task", (own, form) -> printResult(own, form, Async::shield));
    program.addStep(
        "wait_for_task",
        (own, form) ->
            printResult(own, form, task -> () -> Async.waitFor(task, ms(form.number(2)))));
    program.addStep("wait", this::await);
    program.addStep(
        "gather", (own, form) -> gather(own, form.word(1), program.known(form.from(2))));
    program.addStep("gather_new", this::gatherNew);
  }

  @FunctionalInterface
  private interface Way {
    Awaitable<String> of(Task<String> task);
  }

  private void printResult(String own, Form form, Way way) throws Exception {
    for (Task<String> task : program.known(List.of(form.item(1)))) {
      program.print(own, "has", way.of(task).await());
    }
  }

  private void callBack(String own, Form form) {
    for (Task<String> task : program.known(form.from(1))) {
      task.addDoneCallback(
          done -> program.print(own, "hears of", form.word(1), done.isCancelled()));
    }
  }

  private void await(String own, Form form) {
    List<Task<String>> tasks = program.known(form.from(3));
    if (tasks.isEmpty()) {
      return;
    }
    @Nullable Duration timeout = form.word(2).equals("none") ? null : ms(form.number(2));
    Waited<String> waited = Async.wait(tasks, ReturnWhen.valueOf(form.word(1)), timeout);
    program.print(own, words("waited", tasks.stream().map(task -> waited.done().contains(task))));
  }

  private void gatherNew(String own, Form form) throws Exception {
    gather(
        own,
        form.word(1),
        form.from(2).stream().map(child -> program.start(child.word(0), child.item(1))).toList());
  }

  private void gather(String own, String kind, List<Task<String>> tasks) throws Exception {
    Stream<?> results =
        kind.equals("outcomes")
            ? Async.<String>gatherOutcomes(tasks).await().stream().map(RandomProgram::describe)
            : Async.<String>gather(tasks).await().stream();
    program.print(own, words("gathered", results));
  }

  private static Object[] words(String first, Stream<?> others) {
    return Stream.concat(Stream.of(first), others).toArray();
  }
}
