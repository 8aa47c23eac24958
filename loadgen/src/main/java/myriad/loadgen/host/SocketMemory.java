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

  private final Path sockstat;
  private final long pageBytes;

  public SocketMemory() {
    this(ProcFile.PROC);
  }

  SocketMemory(Path proc) {
    this.sockstat = proc.resolve("net/sockstat");
    this.pageBytes = PageSize.bytes(proc);
  }

  /** Bytes now; 0 if the host does not tell. */
  public long bytes() {
    return ProcFile.read(sockstat)
        .map(TCP_PAGES::matcher)
        .filter(Matcher::find)
        .map(found -> Long.parseLong(found.group(1)) * pageBytes)
        .orElse(0L);
  }
}
