package myriad.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import myriad.loadgen.host.HostLimits;
import myriad.results.Environment;

/** This host and these versions, for the record of a result. */
final class HostEnvironment {

  private static final String UNKNOWN = "unknown";

  private HostEnvironment() {}

  static Environment read() {
    return new Environment(
        BuildInfo.version(),
        System.getProperty("java.runtime.version", UNKNOWN),
        System.getProperty("java.vendor", UNKNOWN),
        valueIn("/etc/os-release", "PRETTY_NAME=").replace("\"", ""),
        System.getProperty("os.version", UNKNOWN),
        System.getProperty("os.arch", UNKNOWN),
        valueIn("/proc/cpuinfo", "model name").replaceFirst("^\\s*:\\s*", ""),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        hostName(),
        new HostLimits().all());
  }

  private static long memoryBytes() {
    String total = valueIn("/proc/meminfo", "MemTotal:").replaceAll("\\D", "");
    return total.isEmpty() ? 0 : Long.parseLong(total) * 1024;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** What follows {@code key} on the first line that begins with it. */
  private static String valueIn(String file, String key) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
