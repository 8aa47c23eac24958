package myriad.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import myriad.cli.values.CountConverter;
import myriad.server.RunningServer;
import myriad.server.RunningServer.StopOutcome;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;
import myriad.server.SharedPortServer;
import myriad.server.variants.Prefork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code myriad serve}: one server in the foreground. */
@Command(
    name = "serve",
    description = "Run one echo server in the foreground.",
    footer = {
      "",
      "It ends, cleanly and with exit code 0, on Ctrl-C, on SIGTERM, and when the process that"
          + " started it is gone."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Myriad.Version.class)
final class ServeCommand implements Callable<Integer> {

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(2);
  private static final Duration COUNTERS_EVERY = Duration.ofSeconds(1);

  @Parameters(
      paramLabel = "VARIANT",
      completionCandidates = VariantChoice.Ids.class,
      description = "One of those that 'myriad variants' lists.")
  private String variantId;

  @Option(
      names = "--port",
      defaultValue = "7777",
      description = "Port to listen on; 0 lets the kernel choose. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--threads",
      defaultValue = "" + ServerConfig.VARIANT_DEFAULT,
      converter = CountConverter.class,
      description =
          "Event loops, threads of a pool, or processes of prefork. Default: the variant's own.")
  private int threads;

  @Option(
      names = "--processes",
      defaultValue = "1",
      converter = CountConverter.class,
      description =
          "Processes that share the port (SO_REUSEPORT), each a server of its own with its own"
              + " descriptors and heap. One that dies is started again. Default: ${DEFAULT-VALUE}.")
  private int processes;

  @Option(
      names = "--backlog",
      converter = CountConverter.class,
      description =
          "Connections the kernel may hold before accept, at most net.core.somaxconn. Default: "
              + ServerConfig.DEFAULT_BACKLOG
              + ".")
  private @Nullable Integer backlog;

  @Option(
      names = "--json",
      description = "Say where it listens, and its counters, as one JSON object a line.")
  private boolean json;

  @Option(
      names = "--led",
      hidden = true,
      description = "Led by a parent process: end when standard input ends, leave Ctrl-C to it.")
  private boolean led;

  private final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    // First of all: a parent that ends while the server starts would not be missed later.
    ParentWatch parent = new ParentWatch();
    ServerVariant variant = VariantChoice.named(variantId);
    ServerConfig config = config();
    requireProcesses(variant);
    VariantChoice.requireThreadsOf(variant, threads);
    VariantChoice.requireRunnable(variant, config);
    endOnSignals();
    try (RunningServer server = start(variant, config)) {
      serve(server, parent);
    }
    return ExitCode.OK.number();
  }

  private ServerConfig config() {
    if (port < 0 || port > 65_535) {
      throw new CommandException(
          ExitCode.USAGE, "--port is %d; it takes 0 to 65535".formatted(port));
    }
    try {
      return ServerConfig.at(new InetSocketAddress(InetAddress.getByName(host), port))
          .withThreads(threads)
          .withBacklog(backlog == null ? ServerConfig.DEFAULT_BACKLOG : backlog);
    } catch (UnknownHostException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "--host is '%s'; it takes an address of this host, such as 127.0.0.1 or 0.0.0.0"
              .formatted(host),
          e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--" + e.getMessage(), e);
    }
  }

  private void requireProcesses(ServerVariant variant) {
    if (processes < 1 || processes > SharedPortServer.MAX_PROCESSES) {
      throw new CommandException(
          ExitCode.USAGE,
          "--processes is %,d; it takes 1 to %,d"
              .formatted(processes, SharedPortServer.MAX_PROCESSES));
    }
    if (processes > 1 && variant.id().equals(Prefork.ID)) {
      throw new CommandException(
          ExitCode.USAGE,
          "--processes is %d; prefork has processes of its own: --threads is their number"
              .formatted(processes));
    }
  }

  private RunningServer start(ServerVariant variant, ServerConfig config) {
    try {
      return processes == 1
          ? variant.start(config)
          : SharedPortServer.start(variant, config, processes);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.HOST_LIMIT,
          isRefusedAddress(e)
              ? "cannot listen on %s port %d: %s; another --port or --host may do"
                  .formatted(host, port, e.getMessage())
              : "cannot start %s: %s".formatted(variant.id(), withCause(e)),
          e);
    }
  }

  /** The JDK tells by the type, Netty's native transports by the name of the call that failed. */
  private static boolean isRefusedAddress(IOException failure) {
    return failure instanceof BindException
        || String.valueOf(failure.getMessage()).startsWith("bind(");
  }

  private static String withCause(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return failure.getCause() == null ? message : message + ": " + root.getMessage();
  }

  private void endOnSignals() {
    Signals.handle("TERM", ended::countDown);
    Signals.handle("INT", led ? () -> {} : ended::countDown);
  }

  private void serve(RunningServer server, ParentWatch parent) throws InterruptedException {
    ServeView view = view();
    if (led) {
      ParentWatch.follow(System.in, line -> obey(line, server, view), ended::countDown);
    }
    view.ready(variantId, server.address());
    if (backlog != null && !led) {
      VariantChoice.tellCutBacklog(backlog);
    }
    do {
      tellCounters(server, view);
    } while (!ended.await(COUNTERS_EVERY.toMillis(), TimeUnit.MILLISECONDS)
        && !parent.parentIsGone());
    StopOutcome outcome = server.stop(STOP_DEADLINE);
    view.stopped(countersOf(server), outcome == StopOutcome.GRACEFUL);
  }

  /** Read and told at once, lest a thread tell older ones later. */
  private synchronized void tellCounters(RunningServer server, ServeView view) {
    view.counters(countersOf(server));
  }

  private static Map<String, Long> countersOf(RunningServer server) {
    Map<String, Long> counters = CounterNames.flatten(server.counters().snapshot());
    if (server instanceof SharedPortServer shared) {
      counters.put("restarts", shared.restarts());
    }
    counters.putAll(JvmCounters.read(server));
    return counters;
  }

  private ServeView view() {
    return json
        ? new ServeJsonView(System.out)
        : new ServeTextView(System.out, () -> TerminalWindow.columns(TerminalWindow.STDOUT));
  }

  /** Does what the leading process asks for. It is told the counters of that moment first. */
  private void obey(String line, RunningServer server, ServeView view) {
    if (line.equals(ServerProcess.SETTLE)) {
      OptionalLong heapBytes = JvmCounters.heapBytesAfterCollection(server);
      tellCounters(server, view);
      view.settled(heapBytes);
    }
  }
}
