package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.gather;
import static myriad.server.async.Async.sleep;
import static myriad.server.async.AsyncTestCase.ms;
import static myriad.server.async.AsyncTestCase.turn;
import static myriad.server.async.OracleProgram.failing;
import static myriad.server.async.OracleProgram.python;
import static myriad.server.async.OracleProgram.requests;
import static myriad.server.async.OracleProgram.sleepOr;
import static myriad.server.async.OracleProgram.work;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Programs about the order in which things run. */
enum OraclePrograms implements OracleProgram {
  READY_QUEUE {
    @Override
    public void run(Consumer<String> print) throws Exception {
      EventLoop loop = EventLoop.running();
      loop.callSoon(() -> print.accept("soon 1"));
      Task<Void> first = createTask(() -> startAndGoOn("first", print));
      loop.callSoon(() -> loop.callSoon(() -> print.accept("nested")));
      loop.callLater(Duration.ZERO, () -> print.accept("later 0"));
      Task<Void> second = createTask(() -> startAndGoOn("second", print));
      loop.callSoon(() -> print.accept("soon 2"));
      print.accept("main waits");
      first.await();
      print.accept("main goes on");
      second.await();
      sleep(ms(10));
    }

    private void startAndGoOn(String name, Consumer<String> print) {
      print.accept(name + " starts");
      turn();
      print.accept(name + " goes on");
    }
  },

  DONE_CALLBACKS {
    @Override
    public void run(Consumer<String> print) throws Exception {
      EventLoop loop = EventLoop.running();
      Future<String> future = loop.createFuture();
      future.addDoneCallback(done -> print.accept("callback 1"));
      Task<Void> first = createTask(() -> print.accept("waiter 1 " + future.await()));
      turn();
      future.addDoneCallback(done -> print.accept("callback 2"));
      Task<Void> second = createTask(() -> print.accept("waiter 2 " + future.await()));
      loop.callSoon(() -> print.accept("soon before"));
      future.setResult("result");
      loop.callSoon(() -> print.accept("soon after"));
      future.addDoneCallback(done -> print.accept("callback 3"));
      print.accept("set");
      gather(first, second).await();
      print.accept("end");
    }
  },

  CANCEL_CASCADE {
    @Override
    public void run(Consumer<String> print) throws Exception {
      Task<Void> child = createTask(() -> sleepLong("child", print));
      Task<Void> outer = createTask(() -> awaitChild(child, print));
      Task<Void> never = createTask(() -> sleepLong("never", print));
      never.cancel();
      turn();
      print.accept("cancel %s %d".formatted(python(outer.cancel("why")), outer.cancelling()));
      try {
        outer.await();
      } catch (CancelledError cancelled) {
        print.accept(
            "outer %s child %s never %s"
                .formatted(
                    python(outer.isCancelled()),
                    python(child.isCancelled()),
                    python(never.isCancelled())));
      }
      print.accept("again " + python(outer.cancel()));
    }

    private void sleepLong(String name, Consumer<String> print) {
      try {
        print.accept(name + " sleeps");
        sleep(ms(100_000));
      } catch (CancelledError cancelled) {
        print.accept(name + " cancelled " + cancelled.getMessage());
        throw cancelled;
      } finally {
        turn();
        print.accept(name + " finally");
      }
    }

    private void awaitChild(Task<Void> child, Consumer<String> print) throws Exception {
      try {
        child.await();
      } catch (CancelledError cancelled) {
        print.accept("parent cancelled");
        throw cancelled;
      }
    }
  },

  GATHER {
    @Override
    public void run(Consumer<String> print) throws Exception {
      List<String> names =
          gather(work("a", 40, print), work("b", 20, print), work("c", 0, print)).await();
      print.accept(String.join(" ", names));
      Task<String> slow = createTask(work("slow", 60, print));
      try {
        gather(slow, failing("bad", 20, "first", print), failing("worse", 40, "second", print))
            .await();
      } catch (IllegalArgumentException failure) {
        print.accept("failed " + failure.getMessage());
      }
      print.accept(slow.await());
      Future<List<String>> both = gather(work("x", 1_000, print), work("y", 1_000, print));
      turn();
      print.accept("cancel " + python(both.cancel()));
      try {
        both.await();
      } catch (CancelledError cancelled) {
        print.accept("both " + python(both.isCancelled()));
      }
    }
  },

  TIMEOUTS {
    @Override
    public void run(Consumer<String> print) throws Exception {
      innerExpires(print);
      outerExpires(print);
      try {
        Async.waitFor(() -> body("waited", 1_000, print), ms(20));
      } catch (TimeoutException late) {
        print.accept("wait_for timeout");
      }
      Task<Boolean> inner = createTask(() -> body("shielded", 60, print));
      try {
        Async.waitFor(Async.shield(inner), ms(20));
      } catch (TimeoutException late) {
        print.accept("shield timeout " + python(inner.isCancelled()));
      }
      inner.await();
    }

    private void innerExpires(Consumer<String> print) throws Exception {
      try {
        Async.timeout(
            ms(200),
            () -> {
              try {
                Async.timeout(ms(20), () -> body("inner", 1_000, print));
              } catch (TimeoutException late) {
                print.accept("inner timeout " + requests());
              }
              body("after", 10, print);
            });
      } catch (TimeoutException late) {
        print.accept("outer timeout");
      }
    }

    private void outerExpires(Consumer<String> print) throws Exception {
      try {
        Async.timeout(
            ms(20),
            () -> {
              try {
                Async.timeout(ms(200), () -> body("deep", 1_000, print));
              } catch (TimeoutException late) {
                print.accept("wrong one");
              }
            });
      } catch (TimeoutException late) {
        print.accept("outer timeout " + requests());
      }
    }

    private boolean body(String name, long millis, Consumer<String> print) {
      sleepOr(name, millis, print);
      print.accept(name + " slept");
      return true;
    }
  };
}
