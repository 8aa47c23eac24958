package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a server must not leave behind in this process: threads and descriptors. */
final class Leftovers {

  private Leftovers() {}

  /** Names of live threads of {@code variant}. */
  static List<String> threadsOf(ServerVariant variant) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("myriad-" + variant.id() + "-"))
        .sorted()
        .toList();
  }

  /** Descriptors that this process has open on sockets, epoll instances, rings and the like. */
  static int openSockets() {
    return openSockets(ProcessHandle.current().pid());
  }

  static int openSockets(long pid) {
    int open = 0;
    Path folder = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(folder)) {
      for (Path descriptor : descriptors) {
        open += isFile(descriptor) ? 0 : 1;
      }
      return open;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void awaitNone(ServerVariant variant, int openSocketsBefore) {
    Await.until("no thread of " + variant.id() + " is left", () -> threadsOf(variant).isEmpty());
    Await.until(
        "no descriptor of " + variant.id() + " is left", () -> openSockets() <= openSocketsBefore);
    assertThat(openSockets()).isLessThanOrEqualTo(openSocketsBefore);
  }

  /** Files come and go as the JVM loads classes; a closed descriptor was none of a server's. */
  private static boolean isFile(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("/");
    } catch (IOException closedMeanwhile) {
      return true;
    }
  }
}
