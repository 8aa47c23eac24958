package myriad.server.async.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import myriad.server.async.Async;
import myriad.server.async.Awaitable;
import myriad.server.async.Connection;
import myriad.server.async.Streams;

/** The same downloads, one way a method. */
final class DownloadWays {

  private static final long LIMIT_SECONDS = 60;

  private DownloadWays() {}

  /** What a child process runs: one blocking download, and prints its size. */
  public static void main(String[] args) throws IOException {
    InetAddress host = InetAddress.getByName(args[0]);
    System.out.println(blocking(new InetSocketAddress(host, Integer.parseInt(args[1]))));
  }

  static int[] sequentially(InetSocketAddress site, int count) throws IOException {
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = blocking(site);
    }
    return sizes;
  }

  static int[] byProcesses(InetSocketAddress site, int count) throws Exception {
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      children.add(startChild(site));
    }
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      byte[] output = children.get(i).getInputStream().readAllBytes();
      sizes[i] = Integer.parseInt(new String(output, StandardCharsets.US_ASCII).strip());
    }
    return sizes;
  }

  static int[] byThreads(InetSocketAddress site, int count) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
      List<Callable<Integer>> downloads = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        downloads.add(() -> blocking(site));
      }
      int[] sizes = new int[count];
      int next = 0;
      for (Future<Integer> done : threads.invokeAll(downloads)) {
        sizes[next++] = done.get();
      }
      return sizes;
    }
  }

  static int[] byCallbacks(InetSocketAddress site, int count) throws Exception {
    List<CompletableFuture<Integer>> downloads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      downloads.add(CallbackDownload.start(site));
    }
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = downloads.get(i).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
    return sizes;
  }

  static int[] byCoroutines(InetSocketAddress site, int count) throws Exception {
    return Async.run(
        () -> {
          List<Awaitable<Integer>> downloads = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            downloads.add(() -> download(site));
          }
          return Async.<Integer>gather(downloads).await().stream()
              .mapToInt(Integer::intValue)
              .toArray();
        });
  }

  /** Reads like {@link #blocking}, and waits like {@link #byCallbacks}. */
  private static int download(InetSocketAddress site) throws Exception {
    Connection connection = Streams.openConnection(site);
    int size = connection.reader().readAll().length;
    connection.writer().close();
    return size;
  }

  private static int blocking(InetSocketAddress site) throws IOException {
    try (Socket socket = new Socket(site.getAddress(), site.getPort())) {
      return socket.getInputStream().readAllBytes().length;
    }
  }

  private static Process startChild(InetSocketAddress site) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DownloadWays.class.getName(),
            site.getAddress().getHostAddress(),
            Integer.toString(site.getPort()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The same steps, torn apart: connected, read, read, end. */
  private record CallbackDownload(
      AsynchronousSocketChannel channel, ByteBuffer page, CompletableFuture<Integer> size)
      implements CompletionHandler<Integer, Integer> {

    private static final int CHUNK_BYTES = 4096;

    static CompletableFuture<Integer> start(InetSocketAddress site) throws IOException {
      CallbackDownload download =
          new CallbackDownload(
              AsynchronousSocketChannel.open(),
              ByteBuffer.allocate(CHUNK_BYTES),
              new CompletableFuture<>());
      download.channel.connect(site, download, new Connected());
      return download.size;
    }

    @Override
    public void completed(Integer count, Integer before) {
      if (count < 0) {
        size.complete(before);
        close();
        return;
      }
      channel.read(page.clear(), before + count, this);
    }

    @Override
    public void failed(Throwable failure, Integer before) {
      size.completeExceptionally(failure);
      close();
    }

    private void close() {
      try {
        channel.close();
      } catch (IOException gone) {
        size.completeExceptionally(gone);
      }
    }
  }

  private static final class Connected implements CompletionHandler<Void, CallbackDownload> {
    @Override
    public void completed(Void nothing, CallbackDownload download) {
      download.completed(0, 0);
    }

    @Override
    public void failed(Throwable failure, CallbackDownload download) {
      download.failed(failure, 0);
    }
  }
}
