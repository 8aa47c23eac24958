package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import myriad.results.RunResult;
import myriad.results.Verdict;
import org.junit.jupiter.api.Test;

class ResultTableTest {

  private static final RunResult WHOLE = Runs.measured("epoll", 6_000, 6_000, Verdict.valid());
  private static final RunResult SHORT =
      Runs.measured(
          "thread-per-connection",
          10_000,
          512,
          new Verdict(Verdict.Kind.INVALID, List.of("generator saturated: 99 % of the time")));
  private static final RunResult SKIPPED = Runs.skipped("io_uring", 100, "no io_uring; ask");

  @Test
  void hasALineForEachRunAndOneForEachFinding() {
    assertThat(new ResultTable(List.of(WHOLE, SHORT, SKIPPED)).render(OptionalInt.empty()))
        .isEqualTo(
            """
            VARIANT                  CONNS  MSG/S     P50     P99   P99.9     MAX  SVC P99  CPU µs  B/CONN  THREADS  VERDICT
            epoll                    6,000  1.00k  3.00ms  4.00ms  4.00ms  4.00ms   3.00ms     100     500       15  VALID
            thread-per-connection  512/10k  1.00k  3.00ms  4.00ms  4.00ms  4.00ms   3.00ms     100       –       15  INVALID
            io_uring                 0/100      –       –       –       –       –        –       –       –        –  SKIPPED

            thread-per-connection, 10,000: generator saturated: 99 % of the time
            io_uring, 100: no io_uring; ask""");
  }

  @Test
  void variantsBecomeHeadingsWhereTheyDoNotFit() {
    assertThat(new ResultTable(List.of(WHOLE, SHORT)).render(OptionalInt.of(100)).lines().toList())
        .startsWith(
            "  CONNS  MSG/S     P50     P99   P99.9     MAX  SVC P99  CPU µs  B/CONN  THREADS  VERDICT",
            "epoll",
            "  6,000  1.00k  3.00ms  4.00ms  4.00ms  4.00ms   3.00ms     100     500       15  VALID");
  }

  @Test
  void fitsIntoEightyColumns() {
    String table = new ResultTable(List.of(WHOLE, SHORT, SKIPPED)).render(OptionalInt.of(80));
    assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(table.lines().toList())
        .startsWith(
            "  CONNS  MSG/S     P50     P99   P99.9     MAX  SVC P99  CPU µs  B/CONN  VERDICT",
            "epoll",
            "  6,000  1.00k  3.00ms  4.00ms  4.00ms  4.00ms   3.00ms     100     500  VALID")
        .contains("thread-per-connection", "io_uring");
  }
}
