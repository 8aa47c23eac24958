package myriad.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything one command measured: the content of {@code run.json}.
 *
 * @param formatVersion version of this format; see {@link #FORMAT_VERSION}
 * @param runId name of the run directory
 * @param status whether all that was planned was measured
 * @param startedAt when the command began
 * @param endedAt when its last run ended
 * @param command the command line that measured it, program name first
 * @param environment the host and the versions
 * @param runs one entry a run, skipped ones included, in the order in which they were planned
 * @param checks what the runs were held against, and what came of it
 * @param gate the comparison of two servers that the runs were made for; null where there was none
 */
public record SweepResult(
    int formatVersion,
    String runId,
    Status status,
    Instant startedAt,
    Instant endedAt,
    List<String> command,
    Environment environment,
    List<RunResult> runs,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<Check> checks,
    @JsonSetter(nulls = Nulls.SET) @Nullable GateResult gate) {

  /** Raised when a field changes its meaning or goes; added fields do not raise it. */
  public static final int FORMAT_VERSION = 1;

  public SweepResult {
    command = List.copyOf(command);
    runs = List.copyOf(runs);
    checks = List.copyOf(checks);
  }

  /** Runs that nothing was concluded from yet. */
  public SweepResult(
      int formatVersion,
      String runId,
      Status status,
      Instant startedAt,
      Instant endedAt,
      List<String> command,
      Environment environment,
      List<RunResult> runs) {
    this(
        formatVersion,
        runId,
        status,
        startedAt,
        endedAt,
        command,
        environment,
        runs,
        List.of(),
        null);
  }

  /** The same runs, with what is concluded from them. */
  public SweepResult concluding(List<Check> newChecks, @Nullable GateResult newGate) {
    return new SweepResult(
        formatVersion,
        runId,
        status,
        startedAt,
        endedAt,
        command,
        environment,
        runs,
        newChecks,
        newGate);
  }

  /** Whether all that was planned was measured. */
  public enum Status {
    /** Every run that was planned ended, or was skipped for a reason. */
    COMPLETE,
    /** Interrupted or cut short: what is here is right, but it is not all. */
    PARTIAL
  }
}
