package myriad.cli;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import myriad.loadgen.LoadProgress;
import myriad.results.Interval;
import myriad.results.RunResult;

/**
 * Progress for Prometheus: the figures of the run that goes on, served over HTTP on loopback until
 * the process ends. Figures carry the target and the connections asked for as labels; those of runs
 * that have ended are gone, but for the counters.
 */
final class MetricsView implements LiveView {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int LARGEST_PORT = 65_535;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Gauge run =
      gauge(
          "myriad_run",
          "1 for the run that goes on; its number, of how many, and its phase.",
          "number",
          "total",
          "phase");
  private final Gauge connectionsTarget =
      gauge("myriad_connections_target", "Connections asked for.");
  private final Gauge connectionsOpen =
      gauge("myriad_connections_open", "Connections open and served.");
  private final Gauge rate =
      gauge("myriad_messages_per_second", "Messages echoed whole, a second, in the last interval.");
  private final Gauge service =
      seconds(
          "myriad_service_time_seconds",
          "Service time in the last interval: actual send to the last echoed byte.",
          "quantile");
  private final Gauge response =
      seconds(
          "myriad_response_time_seconds",
          "Response time in the last interval: intended send to the last echoed byte.",
          "quantile");
  private final Gauge lag =
      seconds(
          "myriad_lag_seconds", "The generator's own lateness in the last interval.", "quantile");
  private final Gauge generatorCpu =
      gauge("myriad_generator_cpu_cores", "CPU the load generator uses.");
  private final Gauge serverCpu =
      gauge("myriad_server_cpu_cores", "CPU the server's process uses.");
  private final Gauge serverResident =
      gauge("myriad_server_resident_bytes", "Resident memory of the server's process.");
  private final Counter messages = counter("myriad_messages_total", "Messages echoed whole.");
  private final Counter errors = counter("myriad_errors_total", "Errors of all kinds.");

  private RunTitle title = new RunTitle("", 0, 1, 1, Duration.ZERO);
  private double lastIntervalStart = -1;
  private long lastErrors;

  MetricsView() {}

  /**
   * A view whose figures are served from now on; where, is said on standard error.
   *
   * @throws CommandException if the port cannot be listened on
   */
  static MetricsView serve(int port) {
    if (port < 0 || port > LARGEST_PORT) {
      throw new CommandException(
          ExitCode.USAGE, "--metrics-port is %d; it takes 0 to 65535".formatted(port));
    }
    MetricsView view = new MetricsView();
    try {
      HTTPServer server =
          HTTPServer.builder()
              .inetAddress(InetAddress.getLoopbackAddress())
              .port(port)
              .registry(view.registry)
              .buildAndStart();
      System.err.printf("metrics are at http://127.0.0.1:%d/metrics%n", server.getPort());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "--metrics-port is %d, which cannot be listened on: %s; another may do, 0 lets the kernel choose"
              .formatted(port, e.getMessage()),
          e);
    }
    return view;
  }

  PrometheusRegistry registry() {
    return registry;
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labelled(labels)).register(registry);
  }

  private Gauge seconds(String name, String help, String... labels) {
    return Gauge.builder()
        .name(name)
        .help(help)
        .unit(Unit.SECONDS)
        .labelNames(labelled(labels))
        .register(registry);
  }

  private Counter counter(String name, String help) {
    return Counter.builder().name(name).help(help).labelNames(labelled()).register(registry);
  }

  private static String[] labelled(String... more) {
    String[] labels = new String[2 + more.length];
    labels[0] = "target";
    labels[1] = "connections";
    System.arraycopy(more, 0, labels, 2, more.length);
    return labels;
  }

  private String[] values(String... more) {
    String[] values = labelled(more);
    values[0] = title.target();
    values[1] = Integer.toString(title.connections());
    return values;
  }

  @Override
  public void begin(RunTitle runTitle) {
    clear();
    title = runTitle;
    lastIntervalStart = -1;
    lastErrors = 0;
    setPhase("preparing");
  }

  @Override
  public void activity(String what) {}

  @Override
  public void onProgress(LoadProgress progress) {
    setPhase(progress.phase().name().toLowerCase(Locale.ROOT));
    connectionsTarget.labelValues(values()).set(progress.connectionsTarget());
    connectionsOpen.labelValues(values()).set(progress.connectionsOpen());
    errors.labelValues(values()).inc(Math.max(0, progress.errors() - lastErrors));
    lastErrors = progress.errors();
    Interval latest = progress.latest();
    if (latest.lengthSeconds() > 0 && latest.startSeconds() != lastIntervalStart) {
      lastIntervalStart = latest.startSeconds();
      show(latest);
    }
  }

  private void show(Interval latest) {
    messages.labelValues(values()).inc(latest.messages());
    rate.labelValues(values()).set(latest.messages() / latest.lengthSeconds());
    service.labelValues(values("0.5")).set(latest.serviceP50Ns() / NANOS_PER_SECOND);
    service.labelValues(values("0.99")).set(latest.serviceP99Ns() / NANOS_PER_SECOND);
    service.labelValues(values("1")).set(latest.serviceMaxNs() / NANOS_PER_SECOND);
    response.labelValues(values("0.5")).set(latest.responseP50Ns() / NANOS_PER_SECOND);
    response.labelValues(values("0.99")).set(latest.responseP99Ns() / NANOS_PER_SECOND);
    lag.labelValues(values("0.99")).set(latest.lagP99Ns() / NANOS_PER_SECOND);
    generatorCpu.labelValues(values()).set(latest.generatorCpuCores());
    Interval.Server server = latest.server();
    if (server != null) {
      serverCpu.labelValues(values()).set(server.cpuCores());
      serverResident.labelValues(values()).set((double) server.residentBytes());
    }
  }

  private void setPhase(String phase) {
    run.clear();
    run.labelValues(
            values(Integer.toString(title.number()), Integer.toString(title.total()), phase))
        .set(1);
  }

  @Override
  public void end(RunResult result) {
    clear();
  }

  private void clear() {
    for (Gauge gauge :
        new Gauge[] {
          run,
          connectionsTarget,
          connectionsOpen,
          rate,
          service,
          response,
          lag,
          generatorCpu,
          serverCpu,
          serverResident
        }) {
      gauge.clear();
    }
  }
}
