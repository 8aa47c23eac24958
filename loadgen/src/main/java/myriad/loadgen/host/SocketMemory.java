package myriad.loadgen.host;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the TCP buffers of this host hold, of all sockets, from {@code /proc/net/sockstat}. Safe for
 * use by any thread.
 */
public final class SocketMemory {

  private static final Pattern TCP_PAGES = Pattern.compile("(?m)^TCP: .*\\bmem (\\d+)");
  private static final long PAGE_BYTES = 4096;

  private final Path sockstat;

  public SocketMemory() {
    this(ProcFile.PROC);
  }

  SocketMemory(Path proc) {
    this.sockstat = proc.resolve("net/sockstat");
  }

  /** Bytes now; 0 if the host does not tell. */
  public long bytes() {
    return ProcFile.read(sockstat)
        .map(TCP_PAGES::matcher)
        .filter(Matcher::find)
        .map(found -> Long.parseLong(found.group(1)) * PAGE_BYTES)
        .orElse(0L);
  }
}
