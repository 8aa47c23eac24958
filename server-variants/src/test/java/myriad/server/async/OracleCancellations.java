package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.shield;
import static myriad.server.async.Async.sleep;
import static myriad.server.async.AsyncTestCase.ms;
import static myriad.server.async.AsyncTestCase.turn;
import static myriad.server.async.OracleProgram.message;
import static myriad.server.async.OracleProgram.python;
import static myriad.server.async.OracleProgram.requests;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Programs about who is cancelled when, by what, and what becomes of it. */
enum OracleCancellations implements OracleProgram {
  REFUSALS {
    @Override
    public int sinceMinor() {
      return 13;
    }

    @Override
    public void run(Consumer<String> print) throws Exception {
      Task<String> stubborn = started(() -> refuseThrice(print));
      for (int i = 0; i < 3; i++) {
        stubborn.cancel("request " + i);
        turn();
      }
      end(stubborn, print);

      Task<String> asked = started(() -> hearOneOfTwo(print));
      asked.cancel("first");
      asked.cancel("second");
      end(asked, print);

      Task<String> cleaning = started(() -> cleanUp(print));
      cleaning.cancel("first");
      turn();
      cleaning.cancel("second");
      end(cleaning, print);

      Task<String> taking = started(() -> takeBack(print));
      taking.cancel();
      end(taking, print);
      end(createTask(() -> cancelOwn("late", "1")), print);
      end(
          createTask(
              () -> {
                cancelOwn("late", "");
                throw new IllegalArgumentException("failed");
              }),
          print);
    }

    private String refuseThrice(Consumer<String> print) {
      for (int i = 0; i < 3; i++) {
        try {
          sleep(ms(100_000));
        } catch (CancelledError error) {
          print.accept("refused %d %s %d".formatted(i, message(error), requests()));
        }
      }
      return "done";
    }

    private String hearOneOfTwo(Consumer<String> print) {
      try {
        sleep(ms(100_000));
      } catch (CancelledError error) {
        print.accept("one of two %s %d".formatted(message(error), requests()));
      }
      turn();
      print.accept("no second");
      return "None";
    }

    private String cleanUp(Consumer<String> print) {
      try {
        try {
          sleep(ms(100_000));
        } finally {
          print.accept("cleans up " + requests());
          sleep(ms(10));
          print.accept("never");
        }
      } catch (CancelledError error) {
        print.accept("interrupted %s %d".formatted(message(error), requests()));
        throw error;
      }
      return "None";
    }

    private String takeBack(Consumer<String> print) {
      Task<?> own = Task.current("a test");
      try {
        sleep(ms(100_000));
      } catch (CancelledError error) {
        print.accept("taken back " + own.uncancel());
      }
      turn();
      own.cancel("a");
      own.cancel("b");
      print.accept("one left " + own.uncancel());
      try {
        turn();
      } catch (CancelledError error) {
        print.accept("thrown %s %d".formatted(message(error), own.uncancel()));
      }
      own.cancel("c");
      print.accept("none left " + own.uncancel());
      turn();
      print.accept("went on");
      return "None";
    }

    private String cancelOwn(String message, String result) {
      Task.current("a test").cancel(message);
      return result;
    }

    private void end(Task<String> task, Consumer<String> print) throws Exception {
      try {
        print.accept("result " + task.await());
      } catch (CancelledError error) {
        print.accept(
            "cancelled %s %s %d"
                .formatted(message(error), python(task.isCancelled()), task.cancelling()));
      } catch (IllegalArgumentException failure) {
        print.accept("exception %s %d".formatted(message(failure), task.cancelling()));
      }
    }
  },

  SHIELDS {
    @Override
    public void run(Consumer<String> print) throws Exception {
      outerIsCancelled("a", null, print);
      outerIsCancelled("b", "of b", print);
      innerIsCancelled(print);

      Task<String> rescued = createTask(() -> inner("d", 20, null, print));
      Task<String> rescuing = createTask(() -> rescue(rescued, print));
      sleep(ms(10));
      rescuing.cancel();
      end(rescuing, print);

      bothAtOnce(print);

      Future<List<String>> gathered =
          Async.gather(
              shield(() -> inner("e", 20, null, print)), () -> inner("f", 20, null, print));
      sleep(ms(10));
      gathered.cancel();
      try {
        gathered.await();
      } catch (CancelledError error) {
        print.accept("gathered " + python(gathered.isCancelled()));
      }
      sleep(ms(20));
    }

    private void outerIsCancelled(String name, @Nullable String failure, Consumer<String> print)
        throws Exception {
      Task<String> task = createTask(() -> inner(name, 20, failure, print));
      Task<String> waiting = createTask(() -> outer(task, print));
      sleep(ms(10));
      waiting.cancel();
      end(waiting, print);
      end(task, print);
    }

    private void innerIsCancelled(Consumer<String> print) throws Exception {
      Task<String> task = createTask(() -> inner("c", 1_000, null, print));
      Task<String> waiting = createTask(() -> outer(task, print));
      sleep(ms(10));
      task.cancel();
      end(waiting, print);
    }

    private void bothAtOnce(Consumer<String> print) throws Exception {
      Future<String> failing = EventLoop.running().createFuture();
      Task<String> waiting = started(() -> outer(failing, print));
      failing.setException(new IllegalArgumentException("of the future"));
      waiting.cancel();
      end(waiting, print);

      Future<String> late = EventLoop.running().createFuture();
      Task<String> cancelled = started(() -> outer(late, print));
      cancelled.cancel();
      late.setResult("too late");
      end(cancelled, print);
    }

    private String inner(
        String name, long millis, @Nullable String failure, Consumer<String> print) {
      try {
        sleep(ms(millis));
      } catch (CancelledError error) {
        print.accept(name + " cancelled");
        throw error;
      }
      if (failure != null) {
        print.accept(name + " fails");
        throw new IllegalArgumentException(failure);
      }
      print.accept(name + " done");
      return name;
    }

    private String outer(Future<String> inner, Consumer<String> print) throws Exception {
      try {
        print.accept("outer got " + shield(inner).await());
      } catch (CancelledError error) {
        print.accept("outer cancelled %d %s".formatted(requests(), python(inner.isDone())));
        throw error;
      } catch (IllegalArgumentException failure) {
        print.accept("outer failed " + message(failure));
      }
      return "None";
    }

    private String rescue(Task<String> inner, Consumer<String> print) throws Exception {
      try {
        return shield(inner).await();
      } catch (CancelledError error) {
        print.accept("rescue " + inner.await());
        throw error;
      }
    }

    private void end(Task<String> task, Consumer<String> print) throws Exception {
      try {
        print.accept("end " + task.await());
      } catch (CancelledError error) {
        print.accept("end cancelled " + python(task.isCancelled()));
      } catch (IllegalArgumentException failure) {
        print.accept("end failed " + message(failure));
      }
    }
  };

  static <T> Task<T> started(Awaitable<T> coroutine) {
    Task<T> task = createTask(coroutine);
    turn();
    return task;
  }
}
