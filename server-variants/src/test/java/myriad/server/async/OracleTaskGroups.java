package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.sleep;
import static myriad.server.async.AsyncTestCase.ms;
import static myriad.server.async.AsyncTestCase.turn;
import static myriad.server.async.AsyncTestCase.turns;
import static myriad.server.async.OracleProgram.failing;
import static myriad.server.async.OracleProgram.message;
import static myriad.server.async.OracleProgram.requests;
import static myriad.server.async.OracleProgram.work;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Programs about task groups: how they end, and what their parent hears of it. */
enum OracleTaskGroups implements OracleProgram {
  TASK_GROUP {
    @Override
    public void run(Consumer<String> print) {
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
        print.accept(failures.exceptions().size() + " " + messages(failures));
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
        print.accept(failures.exceptions().size() + " " + messages(failures));
      }
    }
  },

  GROUP_ENDS {
    @Override
    public int sinceMinor() {
      return 13;
    }

    @Override
    public void run(Consumer<String> print) throws Exception {
      group(tasks -> bodyFails(tasks, print), print);
      for (Map.Entry<String, TaskGroup.VoidBody> body : cancelledBodies(print).entrySet()) {
        print.accept(body.getKey());
        Task<Void> task = createTask(() -> group(body.getValue(), print));
        turns(3);
        task.cancel("first");
        turn();
        task.cancel("second");
        end(task, print);
      }
      group(tasks -> childFailsAndBodyRefuses(tasks, print), print);
      end(createTask(() -> group(tasks -> childCancelsParent(tasks, print), print)), print);
      Task<Void> nested = createTask(() -> nested(print));
      sleep(ms(10));
      nested.cancel("outside");
      end(nested, print);
      group(tasks -> startWhileEnding(tasks, print), print);
    }

    private Map<String, TaskGroup.VoidBody> cancelledBodies(Consumer<String> print) {
      Map<String, TaskGroup.VoidBody> bodies = new LinkedHashMap<>();
      bodies.put("body_fails_while_cancelled", tasks -> bodyFailsWhileCancelled(tasks, print));
      bodies.put("body_refuses", tasks -> bodyRefuses(tasks, print));
      bodies.put(
          "two_cancels",
          tasks -> {
            tasks.createTask(() -> slowCleanUp("slow", 5, print));
            sleep(ms(100_000));
          });
      bodies.put("nothing", tasks -> tasks.createTask(() -> sleeper("quick", 0, print)));
      bodies.put("cancelled_late", tasks -> tasks.createTask(() -> failAtCleanUp("late", print)));
      return bodies;
    }

    private void group(TaskGroup.VoidBody body, Consumer<String> print) {
      try {
        TaskGroup.run(body);
      } catch (ExceptionGroup failures) {
        print.accept("group " + messages(failures));
      }
      print.accept("requests " + requests());
      turn();
      print.accept("goes on");
    }

    private void bodyFails(TaskGroup tasks, Consumer<String> print) {
      tasks.createTask(() -> failAtCleanUp("child", print));
      tasks.createTask(() -> refuse("stubborn", print));
      tasks.createTask(() -> slowCleanUp("slow", 3, print));
      turn();
      throw new IllegalArgumentException("body");
    }

    private void bodyFailsWhileCancelled(TaskGroup tasks, Consumer<String> print) {
      tasks.createTask(() -> failAtCleanUp("child", print));
      turn();
      try {
        sleep(ms(100_000));
      } catch (CancelledError cancelled) {
        throw new IllegalArgumentException("body", cancelled);
      }
    }

    private void bodyRefuses(TaskGroup tasks, Consumer<String> print) {
      tasks.createTask(() -> sleeper("child", 10, print));
      try {
        sleep(ms(100_000));
      } catch (CancelledError refused) {
        print.accept("body refuses " + requests());
      }
    }

    private void childFailsAndBodyRefuses(TaskGroup tasks, Consumer<String> print) {
      tasks.createTask(
          () -> {
            throw new IllegalArgumentException("child");
          });
      tasks.createTask(() -> sleeper("other", 100_000, print));
      try {
        sleep(ms(100_000));
      } catch (CancelledError refused) {
        print.accept("body refuses " + requests());
        turn();
        print.accept("body goes on");
      }
    }

    private void childCancelsParent(TaskGroup tasks, Consumer<String> print) {
      Task<?> parent = Task.current("a test");
      tasks.createTask(() -> parent.cancel("by child"));
      tasks.createTask(() -> sleeper("other", 100_000, print));
    }

    private void nested(Consumer<String> print) {
      TaskGroup.run(
          outer -> {
            outer.createTask(() -> sleeper("outer child", 100_000, print));
            TaskGroup.run(inner -> inner.createTask(() -> sleeper("inner child", 100_000, print)));
          });
    }

    private void startWhileEnding(TaskGroup tasks, Consumer<String> print) {
      tasks.createTask(
          () -> {
            try {
              sleep(ms(100_000));
            } catch (CancelledError cancelled) {
              tryToStart(tasks, print);
              throw cancelled;
            }
          });
      turn();
      throw new IllegalArgumentException("body");
    }

    private void tryToStart(TaskGroup tasks, Consumer<String> print) {
      try {
        tasks.createTask(() -> sleeper("never", 0, print));
      } catch (IllegalStateException refused) {
        print.accept("no new task");
      }
    }

    private void sleeper(String name, long millis, Consumer<String> print) {
      try {
        sleep(ms(millis));
        print.accept(name + " slept");
      } catch (CancelledError cancelled) {
        print.accept("%s cancelled %s".formatted(name, message(cancelled)));
        throw cancelled;
      }
    }

    private void failAtCleanUp(String name, Consumer<String> print) {
      try {
        sleep(ms(100_000));
      } catch (CancelledError cancelled) {
        print.accept(name + " fails");
        throw new IllegalArgumentException(name, cancelled);
      }
    }

    private void slowCleanUp(String name, int turns, Consumer<String> print) {
      try {
        sleep(ms(100_000));
      } finally {
        turns(turns);
        print.accept(name + " cleaned up");
      }
    }

    private void refuse(String name, Consumer<String> print) {
      try {
        sleep(ms(100_000));
      } catch (CancelledError refused) {
        sleep(ms(10));
        print.accept(name + " refused");
      }
    }

    private void end(Task<Void> task, Consumer<String> print) throws Exception {
      try {
        task.await();
        print.accept("end");
      } catch (CancelledError cancelled) {
        print.accept("end cancelled %s %d".formatted(message(cancelled), task.cancelling()));
      }
    }
  };

  private static String messages(ExceptionGroup failures) {
    return failures.exceptions().stream()
        .map(OracleProgram::message)
        .collect(Collectors.joining(" "));
  }
}
