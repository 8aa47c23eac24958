package myriad.server.variants;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import myriad.server.ServerVariant;

/**
 * One platform thread a connection: the model that most servers began with.
 *
 * <p><b>What blocks:</b> the connection's own thread, in read and in write. A peer that does not
 * read blocks only its own thread, and that is all the back-pressure there is to write.
 *
 * <p><b>What wakes:</b> the kernel's scheduler, which makes the thread runnable when its socket is
 * ready. Every message costs two switches of context, and the scheduler picks among as many threads
 * as there are busy connections.
 *
 * <p><b>Who owns a connection:</b> its thread, from accept to close. No state is shared.
 *
 * <p><b>What a connection costs:</b> a stack, a thread in the kernel and in the JVM, together 31 to
 * 40 kB resident, however idle it is.
 *
 * <p><b>Where it ends:</b> at the host's number of threads, the least of {@code kernel.pid_max},
 * {@code kernel.threads-max}, half of {@code vm.max_map_count} (a stack and its guard are two
 * maps), {@code ulimit -u} where it holds, and what {@code pids.max} leaves in the control group
 * and those above it. A connection for which no thread can be made is closed and counted, and
 * accept backs off.
 */
public final class ThreadPerConnection implements ServerVariant {

  @Override
  public String id() {
    return "thread-per-connection";
  }

  @Override
  public String model() {
    return "one platform thread a connection, blocking";
  }

  @Override
  public String needs() {
    return "a thread a connection";
  }

  @Override
  public boolean fixesItsThreads() {
    return true;
  }

  @Override
  public Availability probe(ServerConfig config) {
    HostLimits limits = HostLimits.ofThisHost();
    return limits.bear(
        new Demand("a thread a connection", 1, 1), limits.mostConnectionsOnThreads());
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    ThreadFactory threads = ThreadNames.factory(id(), "connection");
    ServerCounters counters = new ServerCounters();
    return BlockingServer.start(
        id(),
        config,
        Executors.newThreadPerTaskExecutor(threads),
        new PlatformThreadEcho(config.bufferBytes(), counters),
        counters);
  }
}
