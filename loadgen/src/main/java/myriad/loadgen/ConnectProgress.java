package myriad.loadgen;

/**
 * Decides when the connect phase is over: every connection is served or has failed; or those that
 * are connected have gone unserved for a while; or nobody has taken a connection for so long that
 * the rest need not be tried; or each was tried, and though some end and are replaced, no more are
 * served than before for as long. Used by the run's thread alone.
 */
final class ConnectProgress {

  /** Connections that were not served after this long are not waited for. */
  private static final long LONGEST_SETTLING_NS = 2_000_000_000L;

  private final int wanted;
  private final long settlingNs;
  private final long patienceNs;
  private ConnectStatus last = ConnectStatus.NONE;
  private long changedNs;
  private long takenNs;
  private int mostServed;
  private long moreServedNs;

  ConnectProgress(LoadPlan plan, long startNs) {
    wanted = plan.connections();
    settlingNs = Math.min(plan.replyTimeout().toNanos(), LONGEST_SETTLING_NS);
    // With TLS the timeout holds for the connect, and then for the handshake.
    patienceNs = plan.connectTimeout().toNanos() * (plan.tls().isPresent() ? 2 : 1);
    changedNs = startNs;
    takenNs = startNs;
    moreServedNs = startNs;
  }

  boolean hasEnded(ConnectStatus now, long nowNs) {
    if (!now.equals(last)) {
      changedNs = nowNs;
    }
    // While the ramp has nothing under way, nobody could have taken anything.
    if (now.open() != last.open() || now.served() != last.served() || now.connecting() == 0) {
      takenNs = nowNs;
    }
    last = now;
    boolean allBegun = now.slots() >= wanted;
    if (now.served() > mostServed || !allBegun) {
      mostServed = now.served();
      moreServedNs = nowNs;
    }
    return now.resolved() >= wanted
        || (allBegun && now.connecting() == 0 && nowNs - changedNs > settlingNs)
        || nowNs - moreServedNs > patienceNs + settlingNs
        || nowNs - takenNs > patienceNs;
  }
}
