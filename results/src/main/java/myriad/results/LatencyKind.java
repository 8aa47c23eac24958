package myriad.results;

/** What a latency histogram holds. All values are nanoseconds. */
public enum LatencyKind {
  /** Actual send to the last echoed byte. */
  SERVICE("service time", "actual send to the last byte of the echo or reply"),
  /**
   * Intended send to the last echoed byte, or to the end of the run if that comes first; in a
   * closed loop without think time the same as {@link #SERVICE} but for such messages.
   */
  RESPONSE(
      "response time",
      "when a message was due to the last byte of its echo or reply, or, if it had not come back by"
          + " then, to the end of the run"),
  /**
   * How late the generator came to a message: its own fault. A wait for a busy connection, which is
   * the target's, follows it.
   */
  LAG(
      "lag",
      "when a message was due to when the generator came to it, to send it or to have it wait for a"
          + " busy connection"),
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
