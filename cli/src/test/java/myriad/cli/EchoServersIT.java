package myriad.cli;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Echo servers that a user may have, each on a free port and ended with its test. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EchoServersIT {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1 | socat | TCP-LISTEN:%d,bind=127.0.0.1,fork,reuseaddr,backlog=64 EXEC:cat",
        "::1 | socat | TCP6-LISTEN:%d,bind=[::1],fork,reuseaddr,backlog=64 EXEC:cat",
        "127.0.0.1 | ncat | -l 127.0.0.1 %d --keep-open --exec /bin/cat",
        "::1 | ncat | -6 -l ::1 %d --keep-open --exec /bin/cat"
      })
  void echoOverTcp(String host, String program, String arguments) throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress(host);
    try (ForeignServer echo =
        ForeignServer.start(address, program, arguments.formatted(address.getPort()))) {
      ShortLoad.assertAnswered(
          ShortLoad.run(folder, ForeignServer.target(address), "-s", "1-2k"), echo);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "socat | UNIX-LISTEN:%s,fork,backlog=64 EXEC:cat",
        "ncat | -l -U %s --keep-open --exec /bin/cat"
      })
  void echoOverAUnixDomainSocket(String program, String arguments) throws Exception {
    Programs.assumeInstalled(program);
    Path path = folder.resolve("echo.sock");
    try (ForeignServer echo =
        ForeignServer.start(
            UnixDomainSocketAddress.of(path),
            ForeignServer.command(program, arguments.formatted(path)))) {
      ShortLoad.assertAnswered(ShortLoad.run(folder, "unix:" + path), echo);
    }
  }

  @Test
  void echoOfXinetd() throws Exception {
    InetSocketAddress address = ForeignServer.freeAddress("127.0.0.1");
    Path config =
        Files.writeString(
            folder.resolve("xinetd.conf"),
            """
            service echo
            {
              type = INTERNAL UNLISTED
              id = echo-stream
              socket_type = stream
              protocol = tcp
              wait = no
              user = %s
              bind = 127.0.0.1
              port = %d
              instances = UNLIMITED
              per_source = UNLIMITED
              cps = 10000 1
            }
            """
                .formatted(System.getProperty("user.name"), address.getPort()));
    String arguments =
        "-dontfork -f %s -filelog %s -pidfile %s"
            .formatted(config, folder.resolve("log"), folder.resolve("pid"));
    try (ForeignServer xinetd = ForeignServer.start(address, "xinetd", arguments)) {
      ShortLoad.assertAnswered(
          ShortLoad.run(folder, ForeignServer.target(address), "--message", "hello\\n"), xinetd);
    }
  }
}
