package myriad.server;

/** Why a server could not take a connection that the kernel offered. */
public enum AcceptFailure {
  /** EMFILE: the descriptors of this process ran out. */
  PROCESS_DESCRIPTORS("process out of descriptors"),
  /** ENFILE: the descriptors of this host ran out. */
  HOST_DESCRIPTORS("host out of descriptors"),
  /** ENOBUFS, ENOMEM, or no further thread could be made. */
  MEMORY("out of memory or threads"),
  /** Anything else, such as a connection that was gone before it was accepted. */
  OTHER("other");

  private final String label;

  AcceptFailure(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
