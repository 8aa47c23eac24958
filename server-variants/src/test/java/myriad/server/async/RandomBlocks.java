package myriad.server.async;

import static myriad.server.async.AsyncTestCase.ms;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Statements of a random program that have others inside. */
final class RandomBlocks {

  private final RandomProgram program;
  private final List<Lock> locks = List.of(new Lock(), new Lock());
  private final List<Semaphore> semaphores = List.of(new Semaphore(1), new Semaphore(2));

  RandomBlocks(RandomProgram program) {
    this.program = program;
  }

  void addStatements() {
    program.addStep("spawn", (own, form) -> program.start(form.word(1), form.item(2)));
    program.addStep("shield_new", this::shieldNew);
    program.addStep("wait_for_new", this::waitForNew);
    program.add("attempt", this::attempt);
    program.add("timeout", this::timeout);
    program.add("group", this::group);
    program.add("lock", (own, form) -> hold(own, form, locks.get(form.number(1)).hold()));
    program.add("semaphore", (own, form) -> hold(own, form, semaphores.get(form.number(1)).hold()));
  }

  private void shieldNew(String own, Form form) throws Exception {
    Task<String> task = program.start(form.word(1), form.item(2));
    program.print(own, "has", Async.shield(task).await());
  }

  private void waitForNew(String own, Form form) throws Exception {
    String value = Async.waitFor(() -> program.valueOf(own, form.item(2)), ms(form.number(1)));
    program.print(own, "has", value);
  }

  private @Nullable String attempt(String own, Form form) throws Exception {
    try {
      return program.block(own, form.item(1));
    } catch (Throwable failure) {
      if (!catches(form.word(2), failure)) {
        throw failure;
      }
      program.print(own, "catches", RandomProgram.describe(failure), OracleProgram.requests());
      return program.block(own, form.item(3));
    } finally {
      program.block(own, form.item(4));
    }
  }

  private static boolean catches(String kind, Throwable failure) {
    return switch (kind) {
      case "cancelled" -> failure instanceof CancelledError;
      case "failed" -> failure instanceof IllegalArgumentException;
      case "all" -> true;
      default -> false;
    };
  }

  private @Nullable String timeout(String own, Form form) throws Exception {
    AtomicReference<@Nullable String> value = new AtomicReference<>();
    boolean expired =
        Timeout.call(
                ms(form.number(1)),
                timeout -> {
                  value.set(program.block(own, form.item(2)));
                  return timeout;
                })
            .isExpired();
    program.print(own, "expired", expired);
    return value.get();
  }

  private @Nullable String group(String own, Form form) {
    AtomicReference<@Nullable String> value = new AtomicReference<>();
    TaskGroup.run(
        group -> {
          form.item(1).items().forEach(child -> program.start(child.word(0), child.item(1), group));
          value.set(program.block(own, form.item(2)));
        });
    return value.get();
  }

  private @Nullable String hold(String own, Form form, Lock.Held held) throws Exception {
    try (held) {
      program.print(own, "in");
      return program.block(own, form.item(2));
    }
  }
}
