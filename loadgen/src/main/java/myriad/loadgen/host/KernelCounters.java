package myriad.loadgen.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The host's TCP counters that tell of losses which neither side of a connection sees, from {@code
 * /proc/net/netstat} and {@code /proc/net/snmp}; they are the host's, not one process's.
 */
public final class KernelCounters {

  /** A full accept queue: the connection was dropped, and its SYN comes back after a second. */
  public static final String LISTEN_OVERFLOWS = "ListenOverflows";

  /** SYNs dropped for any reason, a full accept queue among them. */
  public static final String LISTEN_DROPS = "ListenDrops";

  /** TCP passed {@code tcp_mem} and began to shrink its buffers. */
  public static final String MEMORY_PRESSURES = "TCPMemoryPressures";

  /** Connections cut off because TCP had no memory left. */
  public static final String ABORT_ON_MEMORY = "TCPAbortOnMemory";

  public static final String RETRANSMITS = "RetransSegs";

  /** Those of {@link #RETRANSMITS} that belong to handshakes, and not to data. */
  public static final String HANDSHAKE_RETRANSMITS = "TCPSynRetrans";

  /**
   * Segments sent again that their receiver had already, as it said (RFC 2883): nothing was lost,
   * its acknowledgement was late, as where the receiver waits for a CPU.
   */
  public static final String NEEDLESS_RETRANSMITS = "TCPDSACKRecv";

  /** Connections that left TIME_WAIT early, as there were {@code tcp_max_tw_buckets} in it. */
  public static final String TIME_WAIT_OVERFLOW = "TCPTimeWaitOverflow";

  private static final List<String> NAMES =
      List.of(
          LISTEN_OVERFLOWS,
          LISTEN_DROPS,
          MEMORY_PRESSURES,
          ABORT_ON_MEMORY,
          RETRANSMITS,
          HANDSHAKE_RETRANSMITS,
          NEEDLESS_RETRANSMITS,
          TIME_WAIT_OVERFLOW);

  private final Path net;

  public KernelCounters() {
    this(ProcFile.PROC);
  }

  KernelCounters(Path proc) {
    this.net = proc.resolve("net");
  }

  /** The counters now, by name; one that this kernel lacks is absent. */
  public Map<String, Long> read() {
    Map<String, Long> all = new TreeMap<>();
    for (String file : List.of("netstat", "snmp")) {
      ProcFile.read(net.resolve(file)).ifPresent(text -> parse(text, all));
    }
    all.keySet().retainAll(NAMES);
    return all;
  }

  /** How far each counter went from {@code before} to {@code after}. */
  public static Map<String, Long> growth(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> growth = new TreeMap<>();
    after.forEach((name, value) -> growth.put(name, value - before.getOrDefault(name, 0L)));
    return growth;
  }

  /** The files hold pairs of lines: {@code Tcp: name name …}, then {@code Tcp: value value …}. */
  private static void parse(String text, Map<String, Long> into) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      String[] names = lines.get(i).split(" ", -1);
      String[] values = lines.get(i + 1).split(" ", -1);
      for (int column = 1; column < Math.min(names.length, values.length); column++) {
        into.put(names[column], Long.parseLong(values[column]));
      }
    }
  }
}
