package myriad.results;

/** What a latency histogram holds. All values are nanoseconds. */
public enum LatencyKind {
  /** Actual send to the last echoed byte. */
  SERVICE("service time", "actual send to the last byte of the echo or reply"),
  /** Intended send to the last echoed byte; in closed loop the same as {@link #SERVICE}. */
  RESPONSE("response time", "intended (scheduled) send to the last byte of the echo or reply"),
  /** Intended send to actual send: the generator's own fault. */
  LAG("lag", "intended send to actual send, the generator's own"),
  /** Start of a connect to its completion; with TLS, to the end of the handshake. */
  CONNECT(
      "connect time",
      "start of connect to established, with TLS to the end of its handshake, over the whole run"),
  /** Actual send to the first echoed byte. */
  FIRST_BYTE("first byte", "actual send to the first byte of the echo or reply");

  private final String label;
  private final String meaning;

  LatencyKind(String label, String meaning) {
    this.label = label;
    this.meaning = meaning;
  }

  public String label() {
    return label;
  }

  public String meaning() {
    return meaning;
  }
}
