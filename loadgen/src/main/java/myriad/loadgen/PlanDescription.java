package myriad.loadgen;

import static java.util.stream.Collectors.joining;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A plan as options of the command line, for the record and to run it again. */
public final class PlanDescription {

  private PlanDescription() {}

  /** Every option that shapes the load, by its name without dashes, in a fixed order. */
  public static Map<String, String> of(LoadPlan plan) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("connections", Integer.toString(plan.connections()));
    if (!plan.sources().isEmpty()) {
      options.put(
          "source-ip",
          plan.sources().stream().map(InetAddress::getHostAddress).collect(joining(",")));
    }
    options.putAll(plan.ramp().describe());
    describe(plan.arrivals(), options);
    options.put("pipeline", Integer.toString(plan.pipelineDepth()));
    options.putAll(plan.messages().describe());
    options.put("warmup", OptionText.duration(plan.warmup()));
    options.put("duration", OptionText.duration(plan.duration()));
    options.put("threads", Integer.toString(plan.eventLoops()));
    options.put("connect-timeout", OptionText.duration(plan.connectTimeout()));
    options.put("timeout", OptionText.duration(plan.replyTimeout()));
    options.put("max-errors", Long.toString(plan.maxErrors()));
    options.put("transport", plan.transport().name().toLowerCase(Locale.ROOT));
    if (plan.busyPoll()) {
      options.put("busy-poll", "true");
    }
    plan.tls().ifPresent(tls -> tls.describe(options));
    describe(plan.life(), options);
    if (!plan.verify()) {
      options.put("no-verify", "true");
    }
    return options;
  }

  private static void describe(Arrivals arrivals, Map<String, String> options) {
    switch (arrivals) {
      case Arrivals.ClosedLoop closed -> {
        options.put("closed-loop", "true");
        if (!closed.think().isZero()) {
          options.put("think", OptionText.duration(closed.think()));
        }
      }
      case Arrivals.OpenLoop open -> {
        options.putAll(open.rate().describe());
        if (open.spacing() == Arrivals.Spacing.POISSON) {
          options.put("arrivals", "poisson");
          options.put("seed", Long.toString(open.seed()));
        }
      }
      case Arrivals.Idle idle -> options.put("idle", "true");
    }
  }

  private static void describe(ConnectionLife life, Map<String, String> options) {
    if (life.messages() != ConnectionLife.UNLIMITED) {
      options.put("messages-per-connection", Integer.toString(life.messages()));
    }
    if (life.hasLifetime()) {
      options.put("lifetime", OptionText.duration(life.lifetime()));
    }
    if (life.reconnect()) {
      options.put("reconnect", "true");
    }
  }
}
