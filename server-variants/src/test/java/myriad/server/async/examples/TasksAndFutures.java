package myriad.server.async.examples;

import static myriad.server.async.Async.await;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.ensureFuture;

import java.time.Duration;
import java.util.function.Consumer;
import myriad.server.async.Async;
import myriad.server.async.Awaitable;
import myriad.server.async.EventLoop;
import myriad.server.async.Future;
import myriad.server.async.Task;

/** A coroutine does nothing until it is awaited or made a task; a future is a promise by hand. */
final class TasksAndFutures {

  private TasksAndFutures() {}

  public static void main(String[] args) throws Exception {
    run(System.out::println);
  }

  static void run(Consumer<String> out) throws Exception {
    Async.run(
        () -> {
          Awaitable<Integer> coroutine = () -> 6 * 7;
          out.accept("awaited right here: " + await(coroutine));

          Task<Integer> task = createTask("asker", coroutine);
          out.accept(task.name() + " done before it was awaited: " + task.isDone());
          out.accept("awaited as a task: " + await(task));

          Future<String> promise = EventLoop.running().createFuture();
          EventLoop.running().callLater(Duration.ofMillis(10), () -> promise.setResult("kept"));
          out.accept("a promise: " + await(promise));

          out.accept("a future stays what it is: " + ensureFuture(promise).equals(promise));
          out.accept("a coroutine becomes a task: " + (ensureFuture(coroutine) instanceof Task));
        });
  }
}
