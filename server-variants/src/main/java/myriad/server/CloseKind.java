package myriad.server;

/** Why a server closed a connection. */
public enum CloseKind {
  /** The peer finished sending, and everything it sent was echoed. */
  PEER_FINISHED("finished by peer"),
  /** The peer reset the connection, or a write met a peer that was gone. */
  PEER_RESET("reset by peer"),
  /** The server was stopped with the connection open. */
  SERVER_STOPPED("cut off by stop"),
  /** Anything else that failed on the connection. */
  FAILED("failed");

  private final String label;

  CloseKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
