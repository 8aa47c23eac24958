package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import myriad.results.Counter;
import myriad.results.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that answer requests, each on a free port and ended with its test. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RequestServersIT {

  @TempDir Path folder;

  @Test
  void redisAnswersPing() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    try (ForeignServer redis = redis(address, "")) {
      RunResult run =
          ShortLoad.run(
              folder,
              ForeignServer.target(address),
              "--request",
              "PING\\r\\n",
              "--expect",
              "+PONG\\r\\n",
              "--pipeline",
              "8");
      ShortLoad.assertAnswered(run, redis);
      assertThat(run.plan())
          .containsEntry("request", "PING\\r\\n")
          .containsEntry("expect", "text:+PONG\\r\\n");
    }
  }

  @Test
  void redisIsToldThePasswordInAFirstMessage() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    String[] ping = {"--request", "PING\\r\\n", "--expect", "+PONG\\r\\n"};
    try (ForeignServer redis = redis(address, "--requirepass secret")) {
      RunResult stranger = ShortLoad.run(folder, ForeignServer.target(address), ping);
      assertThat(stranger.outcome()).isEqualTo(RunResult.Outcome.TARGET_FAILED);
      assertThat(stranger.counters().get(Counter.CORRUPT))
          .describedAs("-NOAUTH is not +PONG")
          .isPositive();
      assertThat(stranger.messages()).isZero();

      List<String> first = new ArrayList<>(List.of(ping));
      first.addAll(List.of("--first-message", "AUTH secret\\r\\n", "--first-expect", "+OK\\r\\n"));
      ShortLoad.assertAnswered(
          ShortLoad.run(folder, ForeignServer.target(address), first.toArray(String[]::new)),
          redis);
    }
  }

  @Test
  void memcachedTellsItsVersion() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    String arguments = "-l 127.0.0.1 -p %d -U 0 -u nobody".formatted(address.getPort());
    try (ForeignServer memcached = ForeignServer.start(address, "memcached", arguments)) {
      RunResult run =
          ShortLoad.run(
              folder,
              ForeignServer.target(address),
              "--request",
              "version\\r\\n",
              "--expect",
              "until:\\r\\n",
              "--expect",
              "starts:VERSION ");
      ShortLoad.assertAnswered(run, memcached);
      // A busy host may have given the run a note of a stall too.
      assertThat(run.notes()).anyMatch(note -> note.contains("only their first 8 bytes"));
    }
  }

  @Test
  void nginxAnswersGetOnConnectionsKeptAlive() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    Path request =
        Files.writeString(folder.resolve("request"), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    Path config =
        Files.writeString(
            folder.resolve("nginx.conf"),
            """
            daemon off;
            worker_processes 1;
            pid nginx.pid;
            error_log stderr;
            events { worker_connections 512; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              keepalive_requests 1000000000;
              server {
                listen 127.0.0.1:%d;
                location / { return 200 "hello, world\\n"; }
              }
            }
            """
                .formatted(address.getPort()));
    try (ForeignServer nginx =
        ForeignServer.start(address, "nginx", "-p %s -c %s -e stderr".formatted(folder, config))) {
      int length = lengthOfReply(address, Files.readAllBytes(request));
      ShortLoad.assertAnswered(
          ShortLoad.run(
              folder,
              ForeignServer.target(address),
              "--request",
              "@" + request,
              "--expect",
              "length:" + length,
              "--expect",
              "starts:HTTP/1.1 200 OK\\r\\n"),
          nginx);
      ShortLoad.assertAnswered(
          ShortLoad.run(
              folder,
              ForeignServer.target(address),
              "--request",
              "GET / HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n",
              "--expect",
              "until:world\\n",
              "--pipeline",
              "4",
              "--rate",
              "1k"),
          nginx);

      RunResult notFound =
          ShortLoad.run(
              folder,
              ForeignServer.target(address),
              "--request",
              "GET http:// HTTP/1.1\\r\\n\\r\\n",
              "--expect",
              "until:</html>\\r\\n",
              "--expect",
              "starts:HTTP/1.1 200 OK\\r\\n");
      assertThat(notFound.outcome()).isEqualTo(RunResult.Outcome.TARGET_FAILED);
      assertThat(notFound.counters().get(Counter.CORRUPT))
          .describedAs("400 is not 200")
          .isPositive();
    }
  }

  private ForeignServer redis(InetSocketAddress address, String more) throws Exception {
    return ForeignServer.start(
        address,
        "redis-server",
        "--bind 127.0.0.1 --port %d --dir %s --appendonly no %s"
            .formatted(address.getPort(), folder, more)
            .strip());
  }

  /** Bytes of the one reply to a request, after which the server falls silent. */
  private static int lengthOfReply(InetSocketAddress address, byte[] request) throws Exception {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      InputStream in = socket.getInputStream();
      StringBuilder reply = new StringBuilder();
      while (!reply.toString().endsWith("hello, world\n")) {
        int next = in.read();
        assertThat(next).describedAs("byte after %s", reply).isNotNegative();
        reply.append((char) next);
      }
      return reply.toString().getBytes(StandardCharsets.ISO_8859_1).length;
    }
  }
}
