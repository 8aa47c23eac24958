package myriad.results;

/**
 * Everything a run counts, with what a report needs to show it. {@link #isError} counters make up a
 * run's errors.
 */
public enum Counter {
  MESSAGES_SENT(
      "messages sent",
      Unit.MESSAGES,
      Role.TRAFFIC,
      "messages written, to the kernel or to what waits until the target takes more"),
  MESSAGES_ECHOED(
      "messages echoed",
      Unit.MESSAGES,
      Role.TRAFFIC,
      "echoes, or replies to requests, that came back whole and right"),
  BYTES_SENT("bytes sent", Unit.BYTES, Role.TRAFFIC, "payload bytes written, likewise"),
  BYTES_RECEIVED("bytes received", Unit.BYTES, Role.TRAFFIC, "payload bytes read"),

  CONNECT_REFUSED("refused", Unit.CONNECTIONS, Role.ERROR, "nobody listened (ECONNREFUSED)"),
  CONNECT_TIMED_OUT(
      "connect timed out", Unit.CONNECTIONS, Role.ERROR, "no answer within the connect timeout"),
  CONNECT_UNREACHABLE("unreachable", Unit.CONNECTIONS, Role.ERROR, "no route to host or network"),
  NO_DESCRIPTORS(
      "out of descriptors", Unit.CONNECTIONS, Role.ERROR, "EMFILE or ENFILE on the load's side"),
  NO_LOCAL_PORTS(
      "out of local ports",
      Unit.CONNECTIONS,
      Role.ERROR,
      "EADDRNOTAVAIL or EADDRINUSE: no source port was left"),
  NO_KERNEL_RESOURCES(
      "out of kernel resources",
      Unit.CONNECTIONS,
      Role.ERROR,
      "ENOMEM, ENOBUFS, or ENOSPC of epoll, on the load's side"),
  TLS_FAILED(
      "TLS failed", Unit.CONNECTIONS, Role.ERROR, "established, but the handshake of TLS failed"),
  CONNECT_FAILED("connect failed", Unit.CONNECTIONS, Role.ERROR, "any other failure to connect"),
  RESET("reset", Unit.CONNECTIONS, Role.ERROR, "the target reset the connection"),
  CLOSED_EARLY(
      "closed early", Unit.CONNECTIONS, Role.ERROR, "the target closed, and the load had not"),
  IO_FAILED("I/O failed", Unit.CONNECTIONS, Role.ERROR, "any other failure of an open connection"),
  REPLY_TIMED_OUT(
      "reply timed out", Unit.MESSAGES, Role.ERROR, "no whole echo within the reply timeout"),
  CORRUPT(
      "corrupt", Unit.MESSAGES, Role.ERROR, "a byte of an echo or reply was not the one expected"),
  REORDERED(
      "reordered",
      Unit.MESSAGES,
      Role.ERROR,
      "came out of its turn: before an older message of its connection, or after a younger one"),
  MISDELIVERED(
      "misdelivered",
      Unit.MESSAGES,
      Role.ERROR,
      "a message of another connection came in its place"),
  TRUNCATED(
      "truncated", Unit.MESSAGES, Role.ERROR, "the connection ended in the middle of an echo"),
  SURPLUS(
      "surplus",
      Unit.BYTES,
      Role.ERROR,
      "bytes that no message waited for: never sent, or echoed a second time"),

  LATE(
      "late",
      Unit.MESSAGES,
      Role.INFORMATION,
      "echoed whole after they had counted as timed out; their latencies are recorded"),
  STILL_CONNECTING(
      "still connecting",
      Unit.CONNECTIONS,
      Role.INFORMATION,
      "neither established nor refused when the run ended"),
  NEVER_SERVED(
      "never served",
      Unit.CONNECTIONS,
      Role.INFORMATION,
      "connected, but the first message was never echoed"),
  NOT_DISPATCHED(
      "not dispatched",
      Unit.MESSAGES,
      Role.INFORMATION,
      "due by the schedule of an open loop, and the generator did not come to them in time; that wait"
          + " counts in response time"),
  UNANSWERED_AT_END(
      "unanswered at end",
      Unit.MESSAGES,
      Role.INFORMATION,
      "sent, and not echoed when the run or their connection ended; with the run's end their wait"
          + " until then counts in response time"),
  UNSENT_AT_END(
      "unsent at end",
      Unit.MESSAGES,
      Role.INFORMATION,
      "due, and in wait for a connection when the run ended; that wait counts in response time");

  private final String label;
  private final Unit unit;
  private final Role role;
  private final String meaning;

  Counter(String label, Unit unit, Role role, String meaning) {
    this.label = label;
    this.unit = unit;
    this.role = role;
    this.meaning = meaning;
  }

  public String label() {
    return label;
  }

  public Unit unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }

  public boolean isError() {
    return role == Role.ERROR;
  }

  /** What is counted. */
  public enum Unit {
    MESSAGES,
    CONNECTIONS,
    BYTES
  }

  private enum Role {
    TRAFFIC,
    ERROR,
    INFORMATION
  }
}
