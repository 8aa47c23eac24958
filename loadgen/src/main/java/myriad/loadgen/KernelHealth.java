package myriad.loadgen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import myriad.loadgen.host.KernelCounters;

/**
 * Judges the growth of the host's TCP counters over a run. They are the whole host's: other
 * programs that use TCP at the same time grow them too.
 *
 * <p>Limits of the host make a run INVALID: memory of TCP, places in TIME_WAIT, and segments of
 * data that were lost and sent again. A listen queue that overflows does not, as it is the target
 * that did not accept: that is found, and said.
 */
final class KernelHealth {

  /** Segments of data sent again, for each message sent. */
  private static final double TOLERATED_RETRANSMITS = 0.001;

  /** Fewer are the timers of any TCP at work. */
  private static final long FEWEST_RETRANSMITS = 10;

  /** What grows only where the host has too little of something. */
  static final List<String> NOT_TO_GROW =
      List.of(
          KernelCounters.MEMORY_PRESSURES,
          KernelCounters.ABORT_ON_MEMORY,
          KernelCounters.TIME_WAIT_OVERFLOW);

  private final Map<String, Long> growth;

  KernelHealth(Map<String, Long> growth) {
    this.growth = growth;
  }

  /** Why a run does not describe its target. */
  List<String> reasons(long messagesSent) {
    List<String> reasons = new ArrayList<>();
    long aborted = of(KernelCounters.ABORT_ON_MEMORY);
    long pressed = of(KernelCounters.MEMORY_PRESSURES);
    if (aborted > 0 || pressed > 0) {
      reasons.add(
          ("host out of TCP memory: %s grew by %,d and %s by %,d, and may not grow at all;"
                  + " raise net.ipv4.tcp_mem, or load less")
              .formatted(
                  KernelCounters.MEMORY_PRESSURES,
                  pressed,
                  KernelCounters.ABORT_ON_MEMORY,
                  aborted));
    }
    long overflowed = of(KernelCounters.TIME_WAIT_OVERFLOW);
    if (overflowed > 0) {
      reasons.add(
          ("host out of places in TIME_WAIT: %s grew by %,d, and may not grow at all;"
                  + " raise net.ipv4.tcp_max_tw_buckets")
              .formatted(KernelCounters.TIME_WAIT_OVERFLOW, overflowed));
    }
    long retransmitted = dataRetransmits();
    double limit = toleratedRetransmits(messagesSent);
    if (retransmitted > limit) {
      reasons.add(
          ("network lossy: %,d segments of data were lost and sent again (%s), over %,.0f (0.1 %% of messages"
                  + " sent, at least 10)")
              .formatted(retransmitted, KernelCounters.RETRANSMITS, limit));
    }
    return reasons;
  }

  /** What the counters tell of the target. */
  List<String> findings() {
    long dropped = Math.max(of(KernelCounters.LISTEN_DROPS), of(KernelCounters.LISTEN_OVERFLOWS));
    return dropped == 0
        ? List.of()
        : List.of(
            ("the target's listen queue was full, or another of this host: %,d connects were dropped (%s),"
                    + " and tried again after 1 s and more; raise its backlog and net.core.somaxconn, or slow the"
                    + " connects (--connect-rate)")
                .formatted(dropped, KernelCounters.LISTEN_DROPS));
  }

  static double toleratedRetransmits(long messagesSent) {
    return Math.max(FEWEST_RETRANSMITS, TOLERATED_RETRANSMITS * messagesSent);
  }

  /**
   * Segments of data that were lost and sent again: not part of a handshake, nor there already. A
   * full listen queue drops data that follows a handshake too, so nothing can be told of the
   * network where one was full.
   */
  long dataRetransmits() {
    return findings().isEmpty()
        ? Math.max(
            0,
            of(KernelCounters.RETRANSMITS)
                - of(KernelCounters.HANDSHAKE_RETRANSMITS)
                - of(KernelCounters.NEEDLESS_RETRANSMITS))
        : 0;
  }

  private long of(String counter) {
    return growth.getOrDefault(counter, 0L);
  }
}
