package myriad.server;

import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of further JVMs like this one: same Java, class path and options. {@link #of}
 * starts a server process of a {@link SharedPortServer}.
 */
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

  /** Warnings of the JVM go to standard output by default, where a process speaks to its parent. */
  private static final List<String> LOG = List.of("-Xlog:disable", "-Xlog:all=warning:stderr");

  private ChildCommand() {}

  /** Starts {@code variantId} with {@code config}, but at {@code address}, and on a shared port. */
  static List<String> of(String variantId, ServerConfig config, InetSocketAddress address) {
    return jvm(
        SharedPortChild.class,
        variantId,
        address.getAddress().getHostAddress(),
        Integer.toString(address.getPort()),
        Integer.toString(config.backlog()),
        Integer.toString(config.threads()),
        Integer.toString(config.bufferBytes()));
  }

  /** Starts {@code main} with {@code arguments}. */
  static List<String> jvm(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
        .forEach(command::add);
    command.addAll(LOG);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
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
