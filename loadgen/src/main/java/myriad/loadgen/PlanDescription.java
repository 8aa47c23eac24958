package myriad.loadgen;

import java.time.Duration;
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
    if (plan.connectsPerSecond() != Double.POSITIVE_INFINITY) {
      options.put("connect-rate", rate(plan.connectsPerSecond()));
    }
    switch (plan.arrivals()) {
      case Arrivals.ClosedLoop closed -> {
        options.put("pipeline", Integer.toString(closed.pipelineDepth()));
        if (!closed.think().isZero()) {
          options.put("think", duration(closed.think()));
        }
      }
      case Arrivals.ConstantRate rate -> options.put("rate", rate(rate.messagesPerSecond()));
    }
    options.put("size", Integer.toString(plan.messageBytes()));
    options.put("warmup", duration(plan.warmup()));
    options.put("duration", duration(plan.duration()));
    options.put("threads", Integer.toString(plan.eventLoops()));
    options.put("connect-timeout", duration(plan.connectTimeout()));
    options.put("timeout", duration(plan.replyTimeout()));
    options.put("max-errors", Long.toString(plan.maxErrors()));
    options.put("transport", plan.transport().name().toLowerCase(Locale.ROOT));
    if (!plan.verify()) {
      options.put("no-verify", "true");
    }
    return options;
  }

  private static String rate(double perSecond) {
    return perSecond == Math.rint(perSecond)
        ? "%d/s".formatted((long) perSecond)
        : Double.toString(perSecond) + "/s";
  }

  private static String duration(Duration duration) {
    long micros = duration.toNanos() / 1_000;
    if (micros % 1_000_000 == 0) {
      return micros / 1_000_000 + "s";
    }
    return micros % 1_000 == 0 ? micros / 1_000 + "ms" : micros + "us";
  }
}
