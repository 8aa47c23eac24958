package myriad.loadgen;

import myriad.results.LatencyKind;

/**
 * What one event loop measures: latencies, by whether they belong to the measured phase, and how
 * the messages of the load fared. Written by that loop alone. A message belongs to the phase in
 * which it was due; all times are of {@link System#nanoTime}.
 */
final class Measurements {

  private LatencyRecorder measured = new LatencyRecorder();
  private LatencyRecorder outside = new LatencyRecorder();
  private LoadWindow window = LoadWindow.NOT_YET;
  private long roundFromNs;
  private boolean withinRound;
  private long unsettled;
  private long echoed;
  private long echoedInWindow;
  private long neverCameBack;
  private long lost;

  /** The load begins, and it is known when it is measured. */
  void begin(LoadWindow window) {
    this.window = window;
  }

  /** Whether there is a load, or was. */
  boolean haveBegun() {
    return !window.equals(LoadWindow.NOT_YET);
  }

  LoadWindow window() {
    return window;
  }

  /** Connects count over the whole run: most precede the load. */
  void connected(long tookNs) {
    measured.record(LatencyKind.CONNECT, tookNs);
  }

  /** The generator came to a message so long after it was due. */
  void lag(long intendedNs, long nowNs) {
    recorderFor(intendedNs).record(LatencyKind.LAG, nowNs - intendedNs);
  }

  /** The event loop has begun, at the latest now, to read what came in since it looked last. */
  void beginRound(long nowNs) {
    if (!withinRound) {
      withinRound = true;
      roundFromNs = nowNs;
    }
  }

  /** Everything that had come in is read. */
  void endRound() {
    withinRound = false;
  }

  /**
   * In a closed loop a message is due when the reply before it can be read. That is taken to be
   * when the event loop began to read what had come in: it saw to other connections meanwhile.
   */
  long roundFromNs() {
    return roundFromNs;
  }

  /** A message of the load is on a connection: on the wire, or in wait for it. */
  void unsettled() {
    unsettled++;
  }

  /** So many messages of the load are no longer on a connection. */
  void settled(int messages) {
    unsettled -= messages;
  }

  /** Messages of the load that are on connections. */
  long onConnections() {
    return unsettled;
  }

  /**
   * A message came back whole and right.
   *
   * @param ofLoad whether it is one of the load, or only shows that its connection is served
   */
  void cameBack(boolean ofLoad, long intendedNs, long sentNs, long firstByteNs, long nowNs) {
    LatencyRecorder recorder = ofLoad ? recorderFor(intendedNs) : outside;
    recorder.record(LatencyKind.SERVICE, nowNs - sentNs);
    recorder.record(LatencyKind.RESPONSE, nowNs - intendedNs);
    recorder.record(LatencyKind.FIRST_BYTE, firstByteNs - sentNs);
    echoed++;
    if (ofLoad && window.measures(nowNs)) {
      echoedInWindow++;
    }
  }

  /** Nobody waits any more for a message of the load: it took at least until now. */
  void neverCameBack(long intendedNs, long nowNs) {
    if (window.measures(intendedNs)) {
      measured.record(LatencyKind.RESPONSE, nowNs - intendedNs);
      neverCameBack++;
    }
  }

  /** Likewise, all that is under way on a connection. */
  void neverCameBack(MessagesUnderWay underWay, long nowNs) {
    for (int i = 0; i < underWay.size(); i++) {
      neverCameBack(underWay.intendedNs(i), nowNs);
    }
  }

  /** Likewise, all that a connection carries. */
  void neverCameBack(Workload work, long nowNs) {
    neverCameBack(work.underWay(), nowNs);
    while (work.waiting() > 0) {
      neverCameBack(work.takeWaiting(), nowNs);
    }
  }

  /** Messages of the load were under way on a connection that ended. */
  void lost(MessagesUnderWay underWay) {
    settled(underWay.size());
    for (int i = 0; i < underWay.size(); i++) {
      if (window.measures(underWay.intendedNs(i))) {
        lost++;
      }
    }
  }

  /** Hands over the interval that ends now, and goes on with the given, empty recorders. */
  LoopSnapshot swap(
      LatencyRecorder nextMeasured,
      LatencyRecorder nextOutside,
      LoopCounters counters,
      ConnectStatus connections) {
    LoopSnapshot snapshot =
        new LoopSnapshot(
            measured,
            outside,
            counters.copy(),
            counters.errors(),
            counters.firstErrors(),
            connections,
            echoed,
            echoedInWindow,
            neverCameBack,
            lost);
    measured = nextMeasured;
    outside = nextOutside;
    return snapshot;
  }

  private LatencyRecorder recorderFor(long intendedNs) {
    return window.measures(intendedNs) ? measured : outside;
  }
}
