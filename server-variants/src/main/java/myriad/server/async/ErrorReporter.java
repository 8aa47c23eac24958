package myriad.server.async;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reports what nobody was told: exceptions of callbacks, exceptions of futures that were dropped
 * before anyone asked, coroutines that never ran. Owned by the loop's thread.
 */
final class ErrorReporter {

  private static final Logger LOG = System.getLogger("myriad.server.async");

  private final EventLoop loop;
  private ErrorReport.@Nullable Handler handler;
  private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();

  /** References that are not reachable themselves are never enqueued. */
  private final Set<Watched> watched = new HashSet<>();

  ErrorReporter(EventLoop loop) {
    this.loop = loop;
  }

  void setHandler(ErrorReport.@Nullable Handler handler) {
    this.handler = handler;
  }

  /** Never throws: a handler that fails is reported by the default one. */
  void report(ErrorReport report) {
    if (handler == null) {
      log(report);
      return;
    }
    try {
      handler.handle(loop, report);
    } catch (Throwable failure) {
      log(new ErrorReport("the exception handler failed", failure, null, null));
      log(report);
    }
  }

  static void log(ErrorReport report) {
    Throwable exception = report.exception() == null ? report.origin() : report.exception();
    LOG.log(Level.ERROR, report.summary(), exception);
  }

  /** Reports {@code ifDropped} once {@code object} is garbage, unless it was settled before. */
  Watched watch(Object object, ErrorReport ifDropped) {
    Watched watch = new Watched(object, dropped, ifDropped, watched);
    watched.add(watch);
    return watch;
  }

  /** Called between callbacks. */
  void reportDropped() {
    for (Reference<?> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      Watched watch = (Watched) gone;
      if (watched.remove(watch)) {
        report(watch.ifDropped);
      }
    }
  }

  /** At the end of the loop nobody is left to ask. */
  void reportAllWatched() {
    for (Watched watch : Set.copyOf(watched)) {
      watched.remove(watch);
      report(watch.ifDropped);
    }
  }

  /** An object whose fate somebody should ask about. */
  static final class Watched extends PhantomReference<Object> {
    private final ErrorReport ifDropped;
    private final Set<Watched> watched;

    private Watched(
        Object object, ReferenceQueue<Object> queue, ErrorReport report, Set<Watched> watched) {
      super(object, queue);
      this.ifDropped = report;
      this.watched = watched;
    }

    /** Somebody asked: nothing to report. */
    void settle() {
      watched.remove(this);
    }
  }
}
