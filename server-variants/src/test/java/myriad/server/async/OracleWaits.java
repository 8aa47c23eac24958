package myriad.server.async;

import static myriad.server.async.Async.asCompleted;
import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.gather;
import static myriad.server.async.Async.gatherOutcomes;
import static myriad.server.async.Async.sleep;
import static myriad.server.async.Async.waitFor;
import static myriad.server.async.AsyncTestCase.ms;
import static myriad.server.async.AsyncTestCase.turn;
import static myriad.server.async.OracleProgram.message;
import static myriad.server.async.OracleProgram.python;
import static myriad.server.async.OracleProgram.requests;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Programs about waiting for several at once, and for no longer than so long. */
enum OracleWaits implements OracleProgram {
  WAITS {
    @Override
    public void run(Consumer<String> print) throws Exception {
      firsts(print);
      cancelledWait(print);
      gathers(print);
      arrivals(print);
    }

    private void firsts(Consumer<String> print) throws Exception {
      Task<String> a = task("a", 10, print);
      Task<String> b = task("b", 30, print);
      EventLoop.running().callLater(ms(5), a::cancel);
      wait("cancelled", List.of(a, b), ReturnWhen.FIRST_EXCEPTION, null, print);
      a = task("a", 10, print);
      b = task("b", 30, print);
      EventLoop.running().callLater(ms(5), a::cancel);
      wait("cancelled first", List.of(a, b), ReturnWhen.FIRST_COMPLETED, null, print);
      a = failing("a", 10, print);
      b = task("b", 10, print);
      Task<String> c = task("c", 30, print);
      wait("same turn", List.of(b, a, c), ReturnWhen.FIRST_EXCEPTION, null, print);
      a = failing("a", 10, print);
      b = task("b", 30, print);
      sleep(ms(20));
      wait("failed before", List.of(a, b), ReturnWhen.FIRST_EXCEPTION, null, print);
      a = task("a", 0, print);
      b = task("b", 30, print);
      wait("no time", List.of(a, b), ReturnWhen.ALL_COMPLETED, Duration.ZERO, print);
    }

    private void wait(
        String title,
        List<Task<String>> tasks,
        ReturnWhen until,
        @Nullable Duration timeout,
        Consumer<String> print)
        throws Exception {
      Waited<String> waited = Async.wait(tasks, until, timeout);
      print.accept(
          "%s done %s pending %s"
              .formatted(title, names(waited.done()), names(waited.pending()))
              .strip());
      waited.pending().forEach(Future::cancel);
      Async.<String>gatherOutcomes(waited.pending()).await();
    }

    private String names(Iterable<Future<? extends String>> tasks) {
      StringBuilder names = new StringBuilder();
      tasks.forEach(task -> names.append(" ").append(((Task<?>) task).name()));
      return names.toString().strip();
    }

    private void cancelledWait(Consumer<String> print) throws Exception {
      Task<String> a = task("a", 20, print);
      Task<Waited<String>> waiting = createTask(() -> Async.wait(List.of(a, a)));
      sleep(ms(10));
      waiting.cancel("enough");
      try {
        waiting.await();
      } catch (CancelledError error) {
        print.accept("wait cancelled %s %s".formatted(message(error), python(a.isDone())));
      }
      print.accept(a.await());
    }

    private void gathers(Consumer<String> print) throws Exception {
      Task<String> a = task("a", 1_000, print);
      Task<String> b = task("b", 1_000, print);
      Future<List<Outcome<Object>>> outer =
          gatherOutcomes(gather(a, b), OracleProgram.work("c", 1_000, print));
      turn();
      a.cancel("only a");
      sleep(ms(10));
      print.accept("outer done %s b done %s".formatted(python(outer.isDone()), python(b.isDone())));
      outer.cancel("all");
      try {
        outer.await();
      } catch (CancelledError error) {
        print.accept("outer %s b %s".formatted(message(error), python(b.isCancelled())));
      }
      b.cancel();
      turn();
      Task<String> failing = failing("a", 10, print);
      List<Outcome<String>> outcomes =
          gatherOutcomes(failing, failing, OracleProgram.work("b", 0, print)).await();
      print.accept(
          outcomes.stream()
              .map(outcome -> outcome.isSuccess() ? outcome.value() : message(outcome.exception()))
              .collect(Collectors.joining(" ")));
      Future<String> future = EventLoop.running().createFuture();
      Task<List<String>> parent = createTask(() -> Async.<String>gather(future).await());
      turn();
      future.setResult("child");
      parent.cancel("parent");
      try {
        print.accept(String.join(" ", parent.await()));
      } catch (CancelledError error) {
        print.accept("parent " + message(error));
      }
    }

    private void arrivals(Consumer<String> print) throws Exception {
      List<Task<String>> tasks =
          List.of(task("a", 30, print), failing("b", 10, print), task("c", 20, print));
      EventLoop.running().callLater(ms(15), tasks.getLast()::cancel);
      for (Awaitable<String> next : asCompleted(tasks)) {
        try {
          print.accept("next " + next.await());
        } catch (IllegalArgumentException | CancelledError failure) {
          print.accept("next failed " + message(failure));
        }
      }
      Iterator<Awaitable<String>> two =
          Async.<String>asCompleted(List.of(task("d", 10, print), task("e", 20, print))).iterator();
      Task<Void> first = take("first", two.next(), print);
      Task<Void> second = take("second", two.next(), print);
      turn();
      first.cancel();
      second.await();
      print.accept(python(first.isCancelled()));
      sleep(ms(20));
    }

    private Task<Void> take(String name, Awaitable<String> awaitable, Consumer<String> print) {
      return createTask(() -> print.accept(name + " " + awaitable.await()));
    }

    private Task<String> task(String name, long millis, Consumer<String> print) {
      return createTask(name, OracleProgram.work(name, millis, print));
    }

    private Task<String> failing(String name, long millis, Consumer<String> print) {
      return createTask(name, OracleProgram.failing(name, millis, "of " + name, print));
    }
  },

  WAIT_FOR {
    @Override
    public int sinceMinor() {
      return 12;
    }

    @Override
    public void run(Consumer<String> print) throws Exception {
      cancelMeetsResult(print);
      print.accept(waitFor(this::refuse, ms(10)));
      try {
        print.accept(waitFor(this::refuse, ms(0)));
      } catch (TimeoutException late) {
        print.accept("never started");
      }
      Task<String> started = OracleCancellations.started(this::refuse);
      print.accept(waitFor(started, ms(0)));
      try {
        waitFor(this::failAtCleanUp, ms(10));
      } catch (IllegalArgumentException failure) {
        print.accept("failed %s %d".formatted(message(failure), requests()));
      }
      try {
        waitFor(() -> waitFor(this::refuseNothing, ms(20)), ms(10));
      } catch (TimeoutException late) {
        print.accept("outer " + requests());
      }
    }

    private void cancelMeetsResult(Consumer<String> print) throws Exception {
      Future<String> future = EventLoop.running().createFuture();
      Task<String> waiter =
          OracleCancellations.started(
              () -> {
                try {
                  return waitFor(future, ms(10_000));
                } catch (CancelledError error) {
                  print.accept("cancelled " + python(future.isCancelled()));
                  throw error;
                }
              });
      future.setResult("result");
      waiter.cancel();
      try {
        print.accept(waiter.await());
      } catch (CancelledError error) {
        print.accept("the cancel wins");
      }
    }

    private String refuse() {
      try {
        sleep(ms(10_000));
        return "slept";
      } catch (CancelledError error) {
        return "refused";
      }
    }

    private String refuseNothing() {
      sleep(ms(10_000));
      return "slept";
    }

    private String failAtCleanUp() {
      try {
        sleep(ms(10_000));
        return "slept";
      } catch (CancelledError error) {
        throw new IllegalArgumentException("clean-up", error);
      }
    }
  };
}
