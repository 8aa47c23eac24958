package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.AsyncTestCase.turn;
import static myriad.server.async.AsyncTestCase.turns;
import static myriad.server.async.OracleProgram.python;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Programs about locks, semaphores, events and queues: who is next, and who is passed over. */
enum OraclePrimitives implements OracleProgram {
  LOCKS {
    @Override
    public void run(Consumer<String> print) {
      Lock lock = new Lock();
      lock.acquire();
      Task<Void> a = createTask(() -> hold(lock::hold, "a", 2, print));
      Task<Void> b = createTask(() -> hold(lock::hold, "b", 1, print));
      Task<Void> c = createTask(() -> hold(lock::hold, "c", 1, print));
      turn();
      lock.release();
      b.cancel();
      Task<Void> late = createTask(() -> hold(lock::hold, "late", 0, print));
      Async.wait(List.of(a, b, c, late));
      print.accept("b " + python(b.isCancelled()));
      enterInTurn(print);
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
    public void run(Consumer<String> print) throws Exception {
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
  },

  LOCKS_AND_CANCELLATION {
    @Override
    public void run(Consumer<String> print) throws Exception {
      locks(print);
      semaphore(print);
      semaphoreOfNone(print);
    }

    private void locks(Consumer<String> print) throws Exception {
      Lock lock = new Lock();
      lock.acquire();
      Task<Void> a = createTask(() -> hold(lock::hold, "a", 0, print));
      Task<Void> b = createTask(() -> hold(lock::hold, "b", 0, print));
      turn();
      a.cancel();
      b.cancel();
      lock.release();
      hold(lock::hold, "jumps", 0, print);
      print.accept("locked " + python(lock.isLocked()));
      ends(List.of(a, b), print);

      lock.acquire();
      a = createTask(() -> hold(lock::hold, "a", 0, print));
      b = createTask(() -> hold(lock::hold, "b", 0, print));
      Task<Void> c = createTask(() -> hold(lock::hold, "c", 0, print));
      turn();
      lock.release();
      a.cancel();
      b.cancel();
      ends(List.of(a, b, c), print);
      try {
        lock.release();
      } catch (IllegalStateException free) {
        print.accept("free already");
      }
    }

    private void semaphore(Consumer<String> print) throws Exception {
      Semaphore semaphore = new Semaphore(2);
      int[] turns = {3, 1, 0, 0, 0};
      List<Task<Void>> tasks =
          IntStream.range(0, turns.length)
              .mapToObj(
                  i ->
                      createTask(
                          () ->
                              hold(semaphore::hold, "abcde".substring(i, i + 1), turns[i], print)))
              .toList();
      turn();
      print.accept("locked " + python(semaphore.isLocked()));
      tasks.get(2).cancel();
      ends(tasks, print);
      print.accept("locked " + python(semaphore.isLocked()));
    }

    private void semaphoreOfNone(Consumer<String> print) throws Exception {
      Semaphore semaphore = new Semaphore(0);
      List<Task<Void>> tasks = new ArrayList<>();
      for (String name : List.of("x", "y", "z")) {
        tasks.add(createTask(() -> hold(semaphore::hold, name, 0, print)));
      }
      turn();
      semaphore.release();
      semaphore.release();
      tasks.getFirst().cancel();
      tasks.add(createTask(() -> hold(semaphore::hold, "late", 0, print)));
      turn();
      print.accept("locked " + python(semaphore.isLocked()));
      semaphore.release();
      ends(tasks, print);
      try {
        Semaphore.bounded(1).release();
      } catch (IllegalStateException full) {
        print.accept("released too often");
      }
    }
  },

  EVENTS_AND_CANCELLATION {
    @Override
    public void run(Consumer<String> print) throws Exception {
      Event event = new Event();
      List<Task<Void>> tasks = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        tasks.add(createTask(() -> await(event, name, print)));
      }
      turn();
      event.set();
      event.clear();
      tasks.get(1).cancel();
      Task<Void> late = createTask(() -> await(event, "late", print));
      ends(tasks, print);
      print.accept("late done " + python(late.isDone()));
      event.set();
      ends(List.of(late, createTask(() -> await(event, "set already", print))), print);
    }

    private void await(Event event, String name, Consumer<String> print) {
      try {
        event.await();
        print.accept(name + " woken " + python(event.isSet()));
      } catch (CancelledError cancelled) {
        print.accept(name + " cancelled " + python(event.isSet()));
        throw cancelled;
      }
    }
  },

  QUEUES_AND_CANCELLATION {
    @Override
    public void run(Consumer<String> print) throws Exception {
      getters(print);
      Queue<Integer> queue = new Queue<>(1);
      putters(queue, print);
      joiners(queue, print);
    }

    private void getters(Consumer<String> print) throws Exception {
      Queue<Integer> queue = new Queue<>();
      List<Task<Integer>> tasks = new ArrayList<>();
      for (String name : List.of("a", "b", "c")) {
        tasks.add(createTask(() -> get(queue, name, print)));
      }
      turn();
      queue.putNow(1);
      print.accept("stolen " + queue.getNow());
      queue.putNow(2);
      queue.putNow(3);
      tasks.getFirst().cancel();
      turns(2);
      queue.putNow(4);
      ends(tasks, print);
      print.accept("left " + queue.size());
    }

    private void putters(Queue<Integer> queue, Consumer<String> print) throws Exception {
      List<Task<Void>> tasks =
          IntStream.rangeClosed(1, 4)
              .mapToObj(item -> createTask(() -> put(queue, item, print)))
              .toList();
      turn();
      print.accept("full %s %d".formatted(python(queue.isFull()), queue.getNow()));
      tasks.get(1).cancel();
      turns(2);
      print.accept("then %d %d".formatted(queue.getNow(), queue.get()));
      ends(tasks, print);
    }

    private void joiners(Queue<Integer> queue, Consumer<String> print) throws Exception {
      List<Task<Void>> tasks = new ArrayList<>();
      for (String name : List.of("one", "two")) {
        tasks.add(createTask(() -> join(queue, name, print)));
      }
      turn();
      tasks.getFirst().cancel();
      for (int i = 0; i < 3; i++) {
        queue.taskDone();
      }
      print.accept("unfinished");
      queue.putNow(5);
      ends(tasks, print);
      queue.taskDone();
      try {
        queue.taskDone();
      } catch (IllegalStateException tooOften) {
        print.accept("done too often");
      }
    }

    private int get(Queue<Integer> queue, String name, Consumer<String> print) {
      int item = queue.get();
      print.accept("%s got %d".formatted(name, item));
      return item;
    }

    private void put(Queue<Integer> queue, int item, Consumer<String> print) {
      queue.put(item);
      print.accept("put " + item);
    }

    private void join(Queue<Integer> queue, String name, Consumer<String> print) {
      queue.join();
      print.accept(name + " joined");
    }
  };

  private static void hold(
      Supplier<Lock.Held> lock, String name, int turns, Consumer<String> print) {
    try (var _ = lock.get()) {
      print.accept(name + " in");
      turns(turns);
      print.accept(name + " out");
    }
  }

  /** Prints what each of the tasks came to. */
  private static <T> void ends(List<Task<T>> tasks, Consumer<String> print) throws Exception {
    List<Outcome<T>> outcomes = Async.<T>gatherOutcomes(tasks).await();
    print.accept(
        outcomes.stream().map(OraclePrimitives::describe).collect(Collectors.joining(" ")));
  }

  private static String describe(Outcome<?> outcome) {
    if (outcome.exception() instanceof CancelledError) {
      return "cancelled";
    }
    return outcome.value() == null ? "None" : String.valueOf(outcome.value());
  }
}
