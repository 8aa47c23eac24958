package myriad.loadgen.host;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watches a process with all its descendants: a server of several processes is one server. Resident
 * memory that the processes share is counted once for each. Safe for use by any thread.
 */
public final class ProcessTreeProbe {

  private final long pid;
  private final ProcessProbe root;

  public ProcessTreeProbe(long pid) {
    this.pid = pid;
    this.root = new ProcessProbe(pid);
  }

  /**
   * The processes together now, or nothing if the first has ended. CPU time of one that has ended
   * counts on once its parent has waited for it: so a server that replaces its workers does not
   * seem to have used less than before.
   */
  public Optional<ProcessSample> sample() {
    return root.sampleWithEndedChildren()
        .map(
            first ->
                descendants()
                    .flatMap(child -> child.sampleWithEndedChildren().stream())
                    .reduce(first, ProcessSample::plus));
  }

  /** {@link ProcessProbe#contextSwitches} of the processes together. */
  public long contextSwitches() {
    return root.contextSwitches() + descendants().mapToLong(ProcessProbe::contextSwitches).sum();
  }

  /** {@link ProcessProbe#threadCpuNs} of the processes together. */
  public Map<Long, Long> threadCpuNs() {
    Map<Long, Long> cpuNs = new HashMap<>(root.threadCpuNs());
    descendants().forEach(child -> cpuNs.putAll(child.threadCpuNs()));
    return cpuNs;
  }

  /** {@link ProcessProbe#proportionalBytes} of the processes together. */
  public long proportionalBytes() {
    return root.proportionalBytes()
        + descendants().mapToLong(ProcessProbe::proportionalBytes).sum();
  }

  private Stream<ProcessProbe> descendants() {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(child -> new ProcessProbe(child.pid()));
  }
}
