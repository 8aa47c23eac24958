package myriad.server.async;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a loop: its parts, what runs now, and how a turn goes. Programs see of it what
 * {@link EventLoop} shows; the other types of this package use what is here. Belongs to the loop's
 * thread.
 */
abstract sealed class LoopCore permits EventLoop {

  private final Carrier carrier;
  private final Agenda agenda;
  private final Occupancy occupancy = new Occupancy(self());
  private final LiveTasks liveTasks = new LiveTasks();
  private final ErrorReporter errors = new ErrorReporter(self());
  private final LoopDebug debug = new LoopDebug();
  private final Interrupts interrupts = new Interrupts();
  private final SharedBuffer sharedBuffer = new SharedBuffer();

  private Context context = Context.empty();
  private @Nullable Task<?> currentTask;
  private int tasksNumbered;
  private boolean stopping;

  LoopCore(Carrier carrier, Poller poller) {
    this.carrier = carrier;
    this.agenda = new Agenda(poller);
  }

  private EventLoop self() {
    return (EventLoop) this;
  }

  /** Turn after turn, until a turn has asked for the end. */
  final void runTurns() {
    occupancy.enter();
    try {
      do {
        runOnce();
      } while (!stopping);
    } finally {
      stopping = false;
      occupancy.leave();
      interrupts.restore();
    }
  }

  final void endAfterThisTurn() {
    stopping = true;
  }

  private void runOnce() {
    agenda.awaitTurn(!stopping);
    interrupts.take();
    errors.reportDropped();
    for (int left = agenda.readyCount(); left > 0; left--) {
      run(agenda.removeNext());
    }
  }

  private void run(Handle handle) {
    if (handle.isCancelled()) {
      return;
    }
    Context outer = context;
    context = handle.context;
    try {
      if (debug.isOn()) {
        debug.run(handle, self());
      } else {
        handle.callback().run();
      }
    } catch (Throwable failure) {
      if (Failures.isFatal(failure)) {
        throw failure;
      }
      errors.report(new ErrorReport("exception in a callback", failure, handle, handle.origin));
    } finally {
      context = outer;
    }
  }

  /** Refuses a thread that the loop does not run in; any thread may prepare a loop. */
  final void requireOwnThread() {
    occupancy.requireOwnThread();
  }

  final void adoptThread() {
    occupancy.adoptThread();
  }

  final void enterTask(Task<?> task) {
    currentTask = task;
    if (debug.isOn()) {
      debug.entered(task);
    }
  }

  final void leaveTask() {
    currentTask = null;
  }

  final void enqueue(Handle handle) {
    agenda.add(handle);
  }

  final int nextTaskNumber() {
    return ++tasksNumbered;
  }

  final @Nullable Task<?> currentTask() {
    return currentTask;
  }

  final Context context() {
    return context;
  }

  final Carrier carrier() {
    return carrier;
  }

  final Agenda agenda() {
    return agenda;
  }

  final Occupancy occupancy() {
    return occupancy;
  }

  final Poller poller() {
    return agenda.poller();
  }

  /** Where all streams of this loop receive; its content is gone at the next await. */
  final ByteBuffer sharedBuffer() {
    return sharedBuffer.get();
  }

  final Timers timers() {
    return agenda.timers();
  }

  /** Who is told when the loop's thread is interrupted; null keeps it for the end of the run. */
  final void setInterruptHandler(@Nullable Runnable handler) {
    interrupts.setHandler(handler);
  }

  final LiveTasks liveTasks() {
    return liveTasks;
  }

  final ErrorReporter errors() {
    return errors;
  }

  final LoopDebug debug() {
    return debug;
  }
}
