package myriad.server;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts a server process of a {@link SharedPortServer}. */
final class ChildCommand {

  /** Options of this JVM that a second JVM cannot share: a debugger's port, files it writes. */
  private static final List<String> OWN_OPTIONS =
      List.of(
          "-agentlib:",
          "-agentpath:",
          "-javaagent:",
          "-Xlog:",
          "-XX:AOTCacheOutput",
          "-XX:AOTMode",
          "-XX:AOTConfiguration",
          "-XX:ArchiveClassesAtExit",
          "-XX:StartFlightRecording",
          "-Dcom.sun.management.jmxremote");

  private ChildCommand() {}

  /** Starts {@code variantId} with {@code config}, but at {@code address}, and on a shared port. */
  static List<String> of(String variantId, ServerConfig config, InetSocketAddress address) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SharedPortChild.class.getName());
    command.add(variantId);
    command.add(address.getAddress().getHostAddress());
    command.add(Integer.toString(address.getPort()));
    command.add(Integer.toString(config.backlog()));
    command.add(Integer.toString(config.threads()));
    command.add(Integer.toString(config.bufferBytes()));
    return command;
  }

  /** What {@link #of} wrote behind the class name. */
  static ServerConfig config(String[] arguments) {
    InetSocketAddress address = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
    return new ServerConfig(
        address,
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]),
        Integer.parseInt(arguments[5]),
        true);
  }
}
