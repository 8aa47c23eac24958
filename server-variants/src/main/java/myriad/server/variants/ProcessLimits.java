package myriad.server.variants;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What {@code ulimit} sets: limits that a process has, and passes on to those that it starts. */
final class ProcessLimits {

  private static final int CAP_SYS_ADMIN = 21;
  private static final int CAP_SYS_RESOURCE = 24;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final LimitFile proc;

  /**
   * @param proc where {@code /proc} is
   */
  ProcessLimits(Path proc) {
    this.proc = new LimitFile(proc);
  }

  /** Open descriptors. */
  Optional<Long> descriptors() {
    return softLimit("Max open files");
  }

  /** Threads of this user, of whom root and the privileged are not held to any. */
  Optional<ThreadLimit> threads() {
    return isHeldToThreads()
        ? softLimit("Max processes").map(most -> new ThreadLimit(most, "ulimit -u"))
        : Optional.empty();
  }

  private Optional<Long> softLimit(String name) {
    return proc.lines("self/limits").stream()
        .filter(line -> line.startsWith(name))
        .map(line -> SPACES.split(line.substring(name.length()).strip(), -1)[0])
        .findFirst()
        .flatMap(LimitFile::parse);
  }

  private boolean isHeldToThreads() {
    long capabilities = status("CapEff:").map(hex -> Long.parseLong(hex, 16)).orElse(0L);
    boolean privileged =
        isSet(capabilities, CAP_SYS_ADMIN) || isSet(capabilities, CAP_SYS_RESOURCE);
    return !privileged && !status("Uid:").equals(Optional.of("0"));
  }

  private static boolean isSet(long capabilities, int number) {
    return ((capabilities >> number) & 1) == 1;
  }

  /** The first word behind {@code label}. */
  private Optional<String> status(String label) {
    return proc.lines("self/status").stream()
        .filter(line -> line.startsWith(label))
        .map(line -> SPACES.split(line.substring(label.length()).strip(), -1)[0])
        .findFirst();
  }
}
