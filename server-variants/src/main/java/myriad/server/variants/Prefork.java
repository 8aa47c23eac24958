package myriad.server.variants;

import java.io.IOException;
import java.util.OptionalInt;
import myriad.server.Availability;
import myriad.server.Availability.Unavailable;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;
import myriad.server.SharedPortServer;

/**
 * Several processes, started in advance, each serving one connection at a time like {@link
 * Sequential}: the model of early web servers, with which a crash takes one connection along and
 * not all.
 *
 * <p><b>What blocks:</b> each process, in accept, read and write of its only connection.
 *
 * <p><b>What wakes:</b> the kernel's scheduler. The processes share the port by {@code
 * SO_REUSEPORT}, so a new connection wakes one of them and not the whole herd.
 *
 * <p><b>Who owns a connection:</b> the process whose socket the kernel chose by a hash of the
 * connection's addresses. It chooses without regard to who is busy: a connection can wait behind
 * another although a process next to it is idle.
 *
 * <p><b>What a connection costs:</b> a process, here a JVM: tens of megabytes, and a third of a
 * second to start.
 *
 * <p><b>Where it ends:</b> at the number of processes, by memory at tens to hundreds. {@link
 * ServerConfig#threads()} is their number. A process that dies is started again, with back-off.
 */
public final class Prefork implements ServerVariant {

  public static final String ID = "prefork";

  private static final int DEFAULT_PROCESSES = 8;
  private static final int PIPES_A_PROCESS = 2;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String model() {
    return "several processes, each blocking on one connection, sharing the port";
  }

  @Override
  public String needs() {
    return "Linux, memory for a JVM a process";
  }

  @Override
  public OptionalInt capacity(ServerConfig config) {
    return OptionalInt.of(processes(config));
  }

  @Override
  public Availability probe(ServerConfig config) {
    return HostLimits.ofThisHost().bear(demand(config), "") instanceof Unavailable tooMany
        ? tooMany
        : SharedPorts.probe();
  }

  /** This process holds two pipes of each process, and has a thread that follows it. */
  static Demand demand(ServerConfig config) {
    long processes = processes(config);
    return new Demand(
        "%,d processes".formatted(processes),
        processes * (HostLimits.THREADS_OF_A_JVM + 1),
        processes * PIPES_A_PROCESS);
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    return SharedPortServer.start(new Sequential(), config, processes(config));
  }

  private static int processes(ServerConfig config) {
    return config.threadsOr(DEFAULT_PROCESSES);
  }
}
