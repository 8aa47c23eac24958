package myriad.loadgen.host;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits of this host and process that end a load before the target does. */
public final class HostLimits {

  private static final String[] SYSCTLS = {
    "fs/file-max",
    "fs/nr_open",
    "net/core/somaxconn",
    "net/ipv4/ip_local_port_range",
    "net/ipv4/tcp_max_syn_backlog",
    "net/ipv4/tcp_mem",
    "kernel/pid_max",
    "kernel/threads-max",
    "vm/max_map_count"
  };

  private final Path proc;

  public HostLimits() {
    this(ProcFile.PROC);
  }

  /** Limits as a {@code /proc} found elsewhere tells them. */
  public HostLimits(Path proc) {
    this.proc = proc;
  }

  /**
   * Descriptors this process may have open. The JVM raises its soft limit to the hard one when it
   * starts, so this is what {@code ulimit -Hn} said.
   */
  public OptionalLong openFiles() {
    return ProcFile.read(proc.resolve("self/limits")).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> line.substring("Max open files".length()).strip().split("\\s+", -1)[0])
        .filter(soft -> !soft.equals("unlimited"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  /** Source ports from one address to one target. */
  public OptionalLong ephemeralPorts() {
    return sysctl("net/ipv4/ip_local_port_range")
        .map(range -> range.split("\\s+", -1))
        .filter(range -> range.length == 2)
        .map(range -> OptionalLong.of(Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1))
        .orElse(OptionalLong.empty());
  }

  /** Connections that the kernel holds for a listener until they are accepted, whatever it asks. */
  public OptionalLong longestListenQueue() {
    return sysctl("net/core/somaxconn").stream().mapToLong(Long::parseLong).findFirst();
  }

  /** Every limit by name, as the host gives it, for the record. */
  public Map<String, String> all() {
    Map<String, String> limits = new LinkedHashMap<>();
    openFiles().ifPresent(files -> limits.put("open files", Long.toString(files)));
    for (String name : SYSCTLS) {
      sysctl(name).ifPresent(value -> limits.put(name.replace('/', '.'), value));
    }
    return limits;
  }

  private Optional<String> sysctl(String name) {
    return ProcFile.read(proc.resolve("sys").resolve(name))
        .map(value -> value.strip().replaceAll("\\s+", " "));
  }
}
