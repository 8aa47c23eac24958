package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.gather;
import static myriad.server.async.Async.sleep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the Python programs of the folder {@code oracle} say, word for word, in Java. */
enum OraclePrograms {
  READY_QUEUE {
    @Override
    void run(Consumer<String> print) throws Exception {
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
    void run(Consumer<String> print) throws Exception {
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
    void run(Consumer<String> print) throws Exception {
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
    void run(Consumer<String> print) throws Exception {
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
    void run(Consumer<String> print) throws Exception {
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
  },

  TASK_GROUP {
    @Override
    void run(Consumer<String> print) {
      TaskGroup.run(
          group -> {
            group.createTask(work("a", 20, print));
            group.createTask(work("b", 0, print));
            print.accept("body");
          });
      print.accept("first group over");
      try {
        TaskGroup.run(
            group -> {
              group.createTask(work("slow", 1_000, print));
              group.createTask(failing("bad", 20, "oops", print));
              work("body", 1_000, print).await();
            });
      } catch (ExceptionGroup failures) {
        print.accept(messages(failures));
      }
      print.accept("requests " + requests());
      try {
        TaskGroup.run(
            group -> {
              group.createTask(work("other", 1_000, print));
              turn();
              throw new IllegalArgumentException("body");
            });
      } catch (ExceptionGroup failures) {
        print.accept(messages(failures));
      }
    }

    private String messages(ExceptionGroup failures) {
      return failures.exceptions().stream()
          .map(Throwable::getMessage)
          .collect(Collectors.joining(" ", failures.exceptions().size() + " ", ""));
    }
  },

  LOCKS {
    @Override
    void run(Consumer<String> print) {
      Lock lock = new Lock();
      lock.acquire();
      Task<Void> a = createTask(() -> hold(lock, "a", 2, print));
      Task<Void> b = createTask(() -> hold(lock, "b", 1, print));
      Task<Void> c = createTask(() -> hold(lock, "c", 1, print));
      turn();
      lock.release();
      b.cancel();
      Task<Void> late = createTask(() -> hold(lock, "late", 0, print));
      Async.wait(List.of(a, b, c, late));
      print.accept("b " + python(b.isCancelled()));
      enterInTurn(print);
    }

    private void hold(Lock lock, String name, int turns, Consumer<String> print) {
      try (var _ = lock.hold()) {
        print.accept(name + " in");
        for (int i = 0; i < turns; i++) {
          turn();
        }
        print.accept(name + " out");
      }
    }

    private void enterInTurn(Consumer<String> print) {
      Semaphore semaphore = new Semaphore(1);
      semaphore.acquire();
      List<Task<Void>> tasks = new ArrayList<>();
      for (String name : List.of("x", "y", "z")) {
        tasks.add(
            createTask(
                () -> {
                  try (var _ = semaphore.hold()) {
                    print.accept(name + " enters");
                    turn();
                  }
                }));
      }
      turn();
      semaphore.release();
      print.accept("locked " + python(semaphore.isLocked()));
      tasks.getFirst().cancel();
      Async.wait(tasks);
    }
  },

  QUEUES {
    @Override
    void run(Consumer<String> print) throws Exception {
      Queue<String> queue = new Queue<>(2);
      List<Task<Void>> consumers = new ArrayList<>();
      for (String name : List.of("p", "q")) {
        consumers.add(createTask(() -> consume(queue, name, print)));
      }
      List<Task<Void>> producers = new ArrayList<>();
      for (String name : List.of("a", "b")) {
        producers.add(createTask(() -> produce(queue, name, print)));
      }
      Async.<@Nullable Void>gather(producers).await();
      print.accept("produced");
      queue.join();
      print.accept("joined");
      consumers.forEach(Task::cancel);
      Async.<@Nullable Void>gatherOutcomes(consumers).await();
    }

    private void produce(Queue<String> queue, String name, Consumer<String> print) {
      for (int i = 0; i < 4; i++) {
        queue.put(name + i);
        print.accept("put " + name + i);
      }
    }

    private void consume(Queue<String> queue, String name, Consumer<String> print) {
      while (true) {
        print.accept(name + " got " + queue.get());
        turn();
        queue.taskDone();
      }
    }
  };

  /** Runs inside a task; prints a line a call. */
  abstract void run(Consumer<String> print) throws Exception;

  private static Awaitable<String> work(String name, long millis, Consumer<String> print) {
    return () -> {
      sleepOr(name, millis, print);
      print.accept(name + " done");
      return name;
    };
  }

  private static Awaitable<String> failing(
      String name, long millis, String failure, Consumer<String> print) {
    return () -> {
      work(name, millis, print).await();
      throw new IllegalArgumentException(failure);
    };
  }

  private static void sleepOr(String name, long millis, Consumer<String> print) {
    try {
      sleep(ms(millis));
    } catch (CancelledError cancelled) {
      print.accept(name + " cancelled");
      throw cancelled;
    }
  }

  private static void turn() {
    sleep(Duration.ZERO);
  }

  private static int requests() {
    return Task.current("a test").cancelling();
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static String python(boolean value) {
    return value ? "True" : "False";
  }
}
