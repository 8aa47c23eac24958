package myriad.server.variants;

import java.util.Arrays;
import java.util.concurrent.Executor;

/**
 * Echoes of {@link Nio2Completion}, made together: messages are received from up to 128
 * connections, then all are echoed, then all are waited for again. A peer is so woken once for many
 * messages, and each of the three ways through the kernel stays in the processor's caches, as in
 * {@link EchoBatch}; server-variants/PROFILE.md has what it gains. Used by the only thread of a
 * channel group.
 */
final class CompletionBatch implements Runnable {

  /** From here on more gains nothing, and the first peer would wait for the last. */
  static final int MOST_MESSAGES = 128;

  /** How many messages go unbatched after one that no other joined: waiting for company is dear. */
  private static final int LONE_MESSAGES = 16;

  private final Executor group;
  private final CompletionEcho[] received = new CompletionEcho[MOST_MESSAGES];
  private final CompletionEcho[] taken = new CompletionEcho[MOST_MESSAGES];
  private int messages;
  private int sinceScheduled;
  private int unbatched;

  /**
   * @param group runs tasks on its thread, when the handlers of what it has found were called
   */
  CompletionBatch(Executor group) {
    this.group = group;
  }

  /** Echoes what {@code echo} has received: now, or with others. */
  void add(CompletionEcho echo) {
    if (unbatched > 0) {
      unbatched--;
      echo.write();
      return;
    }
    if (sinceScheduled == 0) {
      group.execute(this);
    }
    if (messages == MOST_MESSAGES) {
      echoAll();
    }
    sinceScheduled++;
    received[messages] = echo;
    messages++;
  }

  /** Ends the batch. */
  @Override
  public void run() {
    if (sinceScheduled == 1) {
      unbatched = LONE_MESSAGES;
    }
    sinceScheduled = 0;
    echoAll();
  }

  /** Reads that are done at once add to the next batch, which has room for as many. */
  private void echoAll() {
    int echoes = messages;
    messages = 0;
    int reads = 0;
    for (int i = 0; i < echoes; i++) {
      if (received[i].writeWithoutRead()) {
        taken[reads] = received[i];
        reads++;
      }
    }
    Arrays.fill(received, 0, echoes, null);
    for (int i = 0; i < reads; i++) {
      taken[i].read();
    }
    Arrays.fill(taken, 0, reads, null);
  }
}
