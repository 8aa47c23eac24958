package myriad.server;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import myriad.server.RunningServer.StopOutcome;

/**
 * What a {@link SharedPortServer} and its processes say to each other, a line each. A process
 * writes {@code ready} or {@code failed}, then {@code counters} as they change, and {@code stopped}
 * last. It is told {@code settle}, which it answers with {@code settled}, and {@code stop}, of
 * which a second one ends the time that the first granted. It takes the end of its input for the
 * end of its parent.
 */
final class ChildLine {

  static final String READY = "ready";

  /** Asks for a collection of garbage. */
  static final String SETTLE = "settle";

  private static final String FAILED = "failed ";
  private static final String COUNTERS = "counters ";
  private static final String SETTLED = "settled ";
  private static final String STOP = "stop ";
  private static final String STOPPED = "stopped ";

  /**
   * All that a process counts.
   *
   * @param server its connections
   * @param gc its garbage collections
   */
  record Report(ServerCounters.Snapshot server, GcPauses gc) {

    /** Of a process that has not done anything. */
    static final Report NOTHING = new Report(new ServerCounters().snapshot(), GcPauses.NONE);
  }

  private ChildLine() {}

  static String failed(Throwable failure) {
    return FAILED + String.valueOf(failure).replace('\n', ' ');
  }

  static String stop(Duration deadline) {
    return STOP + deadline.toMillis();
  }

  static String stopped(StopOutcome outcome) {
    return STOPPED + outcome.name();
  }

  static String settled(long heapBytes) {
    return SETTLED + heapBytes;
  }

  /** All counters, in the order of the fields of the records; reasons in that of their enum. */
  static String counters(Report report) {
    ServerCounters.Snapshot counters = report.server;
    StringJoiner line = new StringJoiner(" ", COUNTERS, "");
    line.add(Long.toString(counters.accepted()));
    for (CloseKind kind : CloseKind.values()) {
      line.add(Long.toString(counters.closed().getOrDefault(kind, 0L)));
    }
    line.add(Long.toString(counters.bytesIn()));
    line.add(Long.toString(counters.bytesOut()));
    for (AcceptFailure kind : AcceptFailure.values()) {
      line.add(Long.toString(counters.acceptFailures().getOrDefault(kind, 0L)));
    }
    line.add(Long.toString(counters.backPressurePauses()));
    line.add(Long.toString(report.gc.count())).add(Long.toString(report.gc.millis()));
    return line.toString();
  }

  static boolean isFailed(String line) {
    return line.startsWith(FAILED);
  }

  static boolean isCounters(String line) {
    return line.startsWith(COUNTERS);
  }

  static boolean isSettled(String line) {
    return line.startsWith(SETTLED);
  }

  static boolean isStop(String line) {
    return line.startsWith(STOP);
  }

  static boolean isStopped(String line) {
    return line.startsWith(STOPPED);
  }

  static String failure(String line) {
    return line.substring(FAILED.length());
  }

  static long heapBytes(String line) {
    return Long.parseLong(line.substring(SETTLED.length()));
  }

  static Duration deadline(String line) {
    return Duration.ofMillis(Long.parseLong(line.substring(STOP.length())));
  }

  static StopOutcome outcome(String line) {
    return StopOutcome.valueOf(line.substring(STOPPED.length()));
  }

  static Report report(String line) {
    Numbers numbers = new Numbers(line.substring(COUNTERS.length()));
    long accepted = numbers.next();
    Map<CloseKind, Long> closed = new EnumMap<>(CloseKind.class);
    for (CloseKind kind : CloseKind.values()) {
      closed.put(kind, numbers.next());
    }
    long bytesIn = numbers.next();
    long bytesOut = numbers.next();
    Map<AcceptFailure, Long> acceptFailures = new EnumMap<>(AcceptFailure.class);
    for (AcceptFailure kind : AcceptFailure.values()) {
      acceptFailures.put(kind, numbers.next());
    }
    long open = accepted - closed.values().stream().mapToLong(Long::longValue).sum();
    return new Report(
        new ServerCounters.Snapshot(
            accepted, open, closed, bytesIn, bytesOut, acceptFailures, numbers.next()),
        new GcPauses(numbers.next(), numbers.next()));
  }

  private static final class Numbers {

    private final String[] words;
    private int next;

    Numbers(String words) {
      this.words = words.split(" ");
    }

    long next() {
      return Long.parseLong(words[next++]);
    }
  }
}
