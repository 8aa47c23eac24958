package myriad.results;

/** What a user can do about each kind of error, in a line. */
public final class ErrorRemedies {

  private ErrorRemedies() {}

  /** What to do about errors of a kind; empty for a counter that is no error. */
  public static String of(Counter counter) {
    return switch (counter) {
      case CONNECT_REFUSED -> "start the target, or check host and port";
      case CONNECT_TIMED_OUT ->
          "check for a firewall or a full listen backlog (net.core.somaxconn),"
              + " slow the connects (--connect-rate), or raise --connect-timeout";
      case CONNECT_UNREACHABLE ->
          "check the address and the routes of this host (ip route get ADDRESS)";
      case NO_DESCRIPTORS -> "raise the limit of open files (ulimit -n), or ask for fewer -c";
      case NO_LOCAL_PORTS ->
          "add source addresses (--source-ip) or target ports, or widen"
              + " net.ipv4.ip_local_port_range";
      case NO_KERNEL_RESOURCES ->
          "give this host or its control group more memory (net.ipv4.tcp_mem, memory.max), or ask"
              + " for fewer -c";
      case TLS_FAILED ->
          "check that the target speaks TLS there, and its certificate (--tls-ca, --tls-insecure)";
      case CONNECT_FAILED -> "see what the system said";
      case RESET -> "look into the target's log: it died, or closed with data unread";
      case CLOSED_EARLY ->
          "check the target's limits of idle time and of requests a connection;"
              + " --reconnect goes on";
      case IO_FAILED -> "see what the system said";
      case REPLY_TIMED_OUT -> "lower the load, or raise --timeout if such waits are no failure";
      case CORRUPT ->
          "check that the target answers with every byte, in the order sent, and adds none";
      case REORDERED -> "check that the target answers the messages of a connection in order";
      case MISDELIVERED -> "check that the target does not share buffers between connections";
      case TRUNCATED -> "check why the target closed in the middle of an echo";
      case SURPLUS -> "check that the target sends nothing but replies: no greeting, no prompt";
      default -> counter.isError() ? counter.meaning() : "";
    };
  }
}
