package myriad.server.variants;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The control groups that this process is in and that bound tasks: its own, and each above it, as
 * every one of them holds. Of version 2 there is one hierarchy; of version 1, one for {@code pids}.
 */
final class PidsGroups {

  private static final String CONTROLLER = "pids";

  private final LimitFile proc;
  private final Path cgroups;

  /**
   * @param proc where {@code /proc} is
   * @param cgroups where control groups are mounted
   */
  PidsGroups(Path proc, Path cgroups) {
    this.proc = new LimitFile(proc);
    this.cgroups = cgroups;
  }

  /** How many tasks more each of the groups allows; of those that have a limit. */
  Stream<ThreadLimit> limits() {
    return proc.lines("self/cgroup").stream().flatMap(this::ofHierarchy);
  }

  /** Of a line such as {@code 8:pids:/user.slice}, or {@code 0::/user.slice} in version 2. */
  private Stream<ThreadLimit> ofHierarchy(String line) {
    String[] parts = line.split(":", 3);
    if (parts.length < 3) {
      return Stream.empty();
    }
    boolean unified = parts[1].isEmpty();
    boolean bounds = unified || List.of(parts[1].split(",", -1)).contains(CONTROLLER);
    return bounds
        ? upwards(unified ? cgroups : cgroups.resolve(CONTROLLER), parts[2])
        : Stream.of();
  }

  /**
   * From the group at {@code path} to the root. A container may see its own group as the root, and
   * yet be told the path that the host knows; what is not there has no limit.
   */
  private static Stream<ThreadLimit> upwards(Path root, String path) {
    Path own = root.resolve(path.substring(1)).normalize();
    return Stream.iterate(
            own.startsWith(root) ? own : root, group -> group.startsWith(root), Path::getParent)
        .map(group -> limit(group, "/" + root.relativize(group)))
        .flatMap(Optional::stream);
  }

  private static Optional<ThreadLimit> limit(Path group, String name) {
    LimitFile files = new LimitFile(group);
    long inUse = files.number("pids.current").orElse(0L);
    return files
        .number("pids.max")
        .map(max -> new ThreadLimit(Math.max(0, max - inUse), "pids.max of control group " + name));
  }
}
