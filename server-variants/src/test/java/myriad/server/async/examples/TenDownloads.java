package myriad.server.async.examples;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Ten downloads from a server that takes its time, done in the five ways that the history of
 * servers went through, with the times side by side.
 */
final class TenDownloads {

  static final int DOWNLOADS = 10;

  private TenDownloads() {}

  public static void main(String[] args) throws Exception {
    run(System.out::println);
  }

  static Map<String, Duration> run(Consumer<String> out) throws Exception {
    Map<String, DownloadWay> ways = new LinkedHashMap<>();
    ways.put("sequentially", DownloadWays::sequentially);
    ways.put("by processes", DownloadWays::byProcesses);
    ways.put("by threads", DownloadWays::byThreads);
    ways.put("by callbacks", DownloadWays::byCallbacks);
    ways.put("by coroutines", DownloadWays::byCoroutines);
    Map<String, Duration> times = new LinkedHashMap<>();
    try (SlowSite site = SlowSite.start()) {
      for (Map.Entry<String, DownloadWay> way : ways.entrySet()) {
        Duration time = time(way.getValue(), site.address());
        times.put(way.getKey(), time);
        out.accept("%-14s %,6d ms".formatted(way.getKey(), time.toMillis()));
      }
    }
    return times;
  }

  private static Duration time(DownloadWay way, InetSocketAddress site) throws Exception {
    long start = System.nanoTime();
    int[] sizes = way.download(site, DOWNLOADS);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    if (sizes.length != DOWNLOADS || Arrays.stream(sizes).anyMatch(s -> s != SlowSite.PAGE_BYTES)) {
      throw new IllegalStateException("wrong sizes: " + Arrays.toString(sizes));
    }
    return time;
  }

  /** One way of downloading several pages. */
  @FunctionalInterface
  interface DownloadWay {

    /** The sizes of the pages that came, in bytes. */
    int[] download(InetSocketAddress site, int count) throws Exception;
  }
}
