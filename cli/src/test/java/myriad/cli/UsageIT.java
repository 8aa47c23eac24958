package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong is answered in a line or two, before anything opens. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class UsageIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bench -c ten | 'ten' is not a count, such as 500, 10k or 1m",
        "bench -c 100,,1k | '' is not a count",
        "bench -c \"ten,x | '\"ten",
        "bench -c 0 | --connections is 0; it takes 1 to 10m",
        "bench -d 10 | '10' is not a time with its unit, such as 500us",
        "bench -d 1us | --duration is",
        "bench --repeats 0 | --repeats is 0; it takes 1 to 10,000",
        "bench --rate -1 | '-1' is not a rate",
        "bench --rate 10k --think 1s | --think",
        "bench --variants epoll,nio | there is no variant 'nio'",
        "bench --transport smoke | --transport",
        "bench --format xml | 'xml' is no format; there are table, json, csv",
        "bench --threshold p99 | 'p99': not a threshold",
        "bench --threshold p99<5 | p99 needs a time with its unit, such as 5ms, not 5",
        "bench --threshold p98<5ms | p98",
        "bench --variants epoll --threshold io_uring:p99<5ms | 'io_uring', which is not run",
        "load localhost:7 --threshold epoll:p99<5ms | without one it holds for the target",
        "bench --conections 10 | --conections",
        "load | HOST:PORT",
        "load localhost | 'localhost' is not HOST:PORT",
        "load localhost:7 --connect-rate 5 --connect-stages 1s:5 | each say how fast to connect",
        "load localhost:7 --stages 1s:5 -d 5s | --stages say how long the load lasts",
        "load localhost:7 --stages 1s:5 --warmup 2s | --warmup is the beginning of --stages",
        "load localhost:7 --timeout 0 | --timeout is 0s; it takes 1ms to 7 days",
        "load localhost:7 --rate 2000000000 | --rate is 2000000000/s; it takes",
        "load localhost:7 --rate-per-connection 0 | --rate-per-connection is 0/s",
        "load localhost:7 --idle --messages-per-connection 4 | --messages-per-connection belongs",
        "load 127.0.0.1:7 --source-ip ::1 | --source-ip is 0:0:0:0:0:0:0:1; it takes addresses",
        "search localhost:7 --objective p99<5ms --from 10 --to 5 | --from is 10; it takes no more",
        "search localhost:7 --objective p99<5ms --over connections -c 5 | leave them out",
        "load localhost:7 --lifetime 0 | --lifetime is 0; it takes more than 0s",
        "load localhost:7 --heartbeat 0 | --heartbeat is 0; it takes more than 0s",
        "load localhost:7 --idle --arrivals poisson | --arrivals belongs to open loop",
        "load localhost:7 --idle --stage-shape step | --stage-shape belongs to --stages",
        "load localhost:7 --idle --seed 2 | --seed belongs to --arrivals poisson",
        "load localhost:7 --connect-shape step | --connect-shape belongs to --connect-stages",
        "load localhost:7 --connect-stages 1s | '1s' is not a stage such as 30s:1k",
        "load localhost:7 --connect-stages 1s:0 | --connect-stages is 1s:0/s; it takes at least one",
        "load localhost:7 -c 9 --connect-stages 1s:5,1s:0 --connect-shape step | open all 9",
        "search --objective p99<5ms | either HOST:PORT or --variant",
        "search localhost:7 | --objective",
        "search localhost:7 --objective p98<5ms | no metric p98",
        "search localhost:7 --objective p99<5ms --rate 5 | --over rate and --rate each say",
        "search localhost:7 --objective p99<5ms --repeats 0 | --repeats is 0; it takes 1 to 100",
        "search --variant epol --objective p99<5ms | there is no variant 'epol'",
        "search --variant epoll --objective p99<5ms --tls | --tls belongs to HOST:PORT",
        "search localhost:7 --objective p99<5ms --request x | --request needs --expect",
        "search localhost:7 --objective p99<5ms --server-pid 4194305 | --server-pid is 4194305",
        "search unix:/run/x.sock --objective p99<5ms --tls | --tls-name or --tls-insecure",
        "load localhost:7 -s 0 | --size is 0; it takes 1 to 16m",
        "load localhost:7 -s 64:90,1q | '1q' is not a size such as 64",
        "load localhost:7 --message a\\q | '\\q' at character 2 is not one of the escapes",
        "load localhost:7 --message-file /no/such | there is no file '/no/such'",
        "load localhost:7 --seed 3 | --seed belongs to --arrivals poisson, or a --size that varies",
        "load localhost:7 --request x | --request needs --expect",
        "load localhost:7 --tls --tls-ca pom.xml | 'pom.xml' is not a file of certificates",
        "load unix:/run/x.sock --tls | --tls-name or --tls-insecure",
        "bench --request x | --request",
        "load localhost:7 --server-pid 1x | --server-pid",
        "load localhost:7 --server-pid 4194305 | --server-pid is 4194305; it takes the id of",
        "serve epoll --port 70000 | --port is 70000; it takes 0 to 65535",
        "serve epoll --host nowhere.invalid | --host is 'nowhere.invalid'",
        "serve epoll --backlog 0 | --backlog is 0",
        "gate --base epoll | give either --head, such as --head epoll, or --head-cmd",
        "gate --base epoll --base-cmd ./old_{port} --head epoll | two servers for one",
        "gate --base epol --head epoll | did you mean 'epoll'?",
        "gate --base epoll --head-cmd ./new | it takes a command with {port}",
        "gate --base epoll --head epoll --head-java-home /nowhere | '/nowhere' is no JDK",
        "gate --base-cmd ./a{port} --base-java-home / --head epoll | --base-java-home belongs to",
        "gate --base epoll --head epoll --pairs 0 | --pairs is 0",
        "gate --base epoll --head epoll --pairs 9 --max-pairs 8 | --max-pairs is 8",
        "gate --base epoll --head epoll --pairs 3 | 6 pairs can never decide on 3 metrics",
        "gate --base epoll --head epoll --primary p99.9 | p99.9 cannot be gated on",
        "gate --base epoll --head epoll --primary cpu | 'cpu' is no metric of a gate",
        "gate --base epoll --head epoll --primary server.bytes_per_conn | from --connections 5k on",
        "gate --base epoll --head epoll --margin p99 | --margin is 'p99'; it takes METRIC=SHARE",
        "gate --base epoll --head epoll --margin p99=150% | --margin is 'p99=150%'",
        "gate --base epoll --head epoll --margin p50=5% | --margin is for p50, which does not",
        "gate --base epoll --head epoll --inconclusive maybe | --inconclusive",
        "srve | srve",
        "report no-such-folder | no-such-folder",
        "compare no-such-folder other-folder | no-such-folder",
        "compare one-folder | DIR",
        "history no-such-folder | no-such-folder"
      })
  void badUsageIsNamedInALine(String arguments, String message) throws Exception {
    try (MyriadProcess myriad = MyriadProcess.myriad(arguments.split(" ", -1))) {
      assertThat(myriad.exitCode())
          .describedAs("%s", myriad.err())
          .isEqualTo(ExitCode.USAGE.number());
      assertThat(myriad.out()).isEmpty();
      assertThat(myriad.err()).hasSizeLessThanOrEqualTo(2);
      assertThat(myriad.err().getFirst()).startsWith("myriad: ").contains(message);
    }
  }

  @Test
  void aServerOfAGateHasOptionsOfItsOwn() throws Exception {
    try (MyriadProcess myriad =
        MyriadProcess.myriad("gate", "--base", "epoll --thread 2", "--head", "epoll")) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isEqualTo(ExitCode.USAGE.number());
      assertThat(myriad.err())
          .singleElement()
          .asString()
          .contains("--base is 'epoll --thread 2'", "such as 'epoll --threads 2'");
    }
  }

  /** Which would be found too late if a run directory were made before. */
  @ParameterizedTest
  @CsvSource({
    "bench --variants nio-selector",
    "load 127.0.0.1:1",
    "search 127.0.0.1:1 --objective p99<1s",
    "gate --base nio-selector --head nio-selector"
  })
  void aPortForMetricsThatIsTakenIsFoundBeforeAnythingIsMade(String command, @TempDir Path folder)
      throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        MyriadProcess myriad =
            MyriadProcess.myriad(
                "%s --metrics-port %d -o %s"
                    .formatted(command, taken.getLocalPort(), folder)
                    .split(" ", -1))) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isEqualTo(ExitCode.USAGE.number());
      assertThat(myriad.err())
          .singleElement()
          .asString()
          .contains("--metrics-port is " + taken.getLocalPort(), "cannot be listened on");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({"bench", "load localhost:7"})
  void moreConnectionsThanTheHostCanHoldIsItsLimit(String command) throws Exception {
    String[] arguments = (command + " -c 10m").split(" ", -1);
    try (MyriadProcess myriad = MyriadProcess.myriad(arguments)) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(myriad.err())
          .singleElement()
          .asString()
          .contains("--connections 10,000,000", "ulimit -n");
    }
  }

  @Test
  void folderThatCannotBeWrittenToIsFoundBeforeAnyLoad(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("in-the-way"));
    try (MyriadProcess myriad = MyriadProcess.myriad("bench", "-o", file.toString())) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isEqualTo(ExitCode.USAGE.number());
      assertThat(myriad.err()).singleElement().asString().contains("cannot write", "in-the-way");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}
