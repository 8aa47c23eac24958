package myriad.results;

import java.time.Instant;
import java.util.List;

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
 */
public record SweepResult(
    int formatVersion,
    String runId,
    Status status,
    Instant startedAt,
    Instant endedAt,
    List<String> command,
    Environment environment,
    List<RunResult> runs) {

  /** Raised when a field changes its meaning or goes; added fields do not raise it. */
  public static final int FORMAT_VERSION = 1;

  public SweepResult {
    command = List.copyOf(command);
    runs = List.copyOf(runs);
  }

  /** Whether all that was planned was measured. */
  public enum Status {
    /** Every run that was planned ended, or was skipped for a reason. */
    COMPLETE,
    /** Interrupted or cut short: what is here is right, but it is not all. */
    PARTIAL
  }
}
