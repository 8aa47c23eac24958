package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import myriad.cli.CapacitySearch.Finding;
import myriad.cli.CapacitySearch.Outcome;
import myriad.cli.CapacitySearch.Range;
import myriad.cli.CapacitySearch.Step;
import myriad.cli.CapacitySearch.Trial;
import myriad.cli.CapacitySearch.Try;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacitySearchTest {

  private static final Range RANGE = new Range(100, 1_000_000, 0.05, 3);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 7, 99, 100, 101, 1_000, 54_321, 999_999})
  void findsTheCapacityFromAboveAndFromBelow(long capacity) throws Exception {
    SearchResult found = search(RANGE, upTo(capacity));

    assertThat(found.confirmed()).isLessThanOrEqualTo(capacity);
    assertThat(found.confirmed()).isGreaterThanOrEqualTo((long) (capacity * 0.95));
    assertThat(found.ending()).isEqualTo(SearchResult.Ending.TARGET);
    assertThat(found.exitCode()).isEqualTo(ExitCode.OK);
  }

  @Test
  void confirmsWhatItFoundInALongerRun() throws Exception {
    SearchResult found = search(RANGE, upTo(5_000));

    Try last = found.tries().getLast();
    assertThat(last.step()).isEqualTo(Step.CONFIRMATION);
    assertThat(last.value()).isEqualTo(found.confirmed());
  }

  @Test
  void endsWhereItWasToldTo() throws Exception {
    SearchResult found = search(new Range(100, 750, 0.05, 3), upTo(5_000));

    assertThat(found.confirmed()).isEqualTo(750);
    assertThat(found.ending()).isEqualTo(SearchResult.Ending.LIMIT);
  }

  @Test
  void aTargetThatNeverMeetsTheObjectiveIsAFailure() throws Exception {
    SearchResult found = search(RANGE, upTo(0));

    assertThat(found.confirmed()).isZero();
    assertThat(found.exitCode()).isEqualTo(ExitCode.TARGET_FAILED);
    assertThat(found.tries().getLast().value()).isEqualTo(1);
  }

  /** One run in five fails for no reason of the target's. */
  @Test
  void runsThatFailByChanceDoNotLowerTheResult() throws Exception {
    int right = 0;
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      SearchResult found =
          search(
              RANGE, (_, value, _) -> value <= 10_000 && chance.nextInt(5) > 0 ? met() : missed());
      right += found.confirmed() >= 9_500 && found.confirmed() <= 10_000 ? 1 : 0;
    }
    assertThat(right)
        .as("searches of 100 that are right; a try lost by chance three times in a row is 1 in 125")
        .isGreaterThanOrEqualTo(85);
  }

  /** Over its capacity a target passes short runs now and then; the longer one tells. */
  @Test
  void whatPassedByChanceDoesNotStandTheConfirmation() throws Exception {
    SearchResult found =
        search(
            RANGE,
            (step, value, _) ->
                value <= 4_000 || (step != Step.CONFIRMATION && value < 6_000) ? met() : missed());

    assertThat(found.confirmed())
        .as("no lower than it may be by the precision, though 4,000 to 6,000 passed short runs")
        .isBetween(3_800L, 4_000L);
    assertThat(found.tries())
        .anySatisfy(
            each -> {
              assertThat(each.step()).isEqualTo(Step.CONFIRMATION);
              assertThat(each.outcome()).isEqualTo(Outcome.MISSED);
            });
  }

  /** Beyond its capacity three runs in ten pass by chance, short ones and long ones. */
  @Test
  void chanceSeldomConfirmsWhatATargetCannotDo() throws Exception {
    int tooHigh = 0;
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      SearchResult found =
          search(
              RANGE,
              (_, value, _) ->
                  value <= 10_000 || (value <= 12_000 && chance.nextInt(10) < 3)
                      ? met()
                      : missed());
      tooHigh += found.confirmed() > 10_000 ? 1 : 0;
      assertThat(found.confirmed()).isBetween(9_500L, 12_000L);
    }
    assertThat(tooHigh)
        .as("searches of 200 that confirm too much; two of three longer runs pass with 0.22")
        .isLessThan(100);
  }

  @Test
  void mostOfTheLongerRunsConfirm() throws Exception {
    assertThat(search(RANGE, upTo(5_000)).tries())
        .filteredOn(each -> each.step() == Step.CONFIRMATION)
        .as("two of three, and no third")
        .extracting(Try::attempt)
        .containsExactly(1, 2);
  }

  @Test
  void oneLongerRunOfThreeDoesNotConfirm() throws Exception {
    SearchResult found =
        search(
            new Range(100, 100, 0.05, 3),
            (step, value, attempt) ->
                value < 100 || step != Step.CONFIRMATION || attempt == 2 ? met() : missed());

    assertThat(found.tries())
        .filteredOn(each -> each.value() == 100)
        .extracting(Try::outcome)
        .containsExactly(Outcome.MET, Outcome.MISSED, Outcome.MET, Outcome.MISSED);
    assertThat(found.confirmed()).as("the search goes on below").isBetween(95L, 99L);
  }

  @Test
  void aGeneratorThatGivesOutInMostRunsIsNotTheTargetsMiss() throws Exception {
    SearchResult found =
        search(
            RANGE,
            (_, value, attempt) ->
                value <= 3_000
                    ? met()
                    : attempt == 2 ? missed() : new Finding(Outcome.INVALID, "generator late"));

    assertThat(found.ending()).isEqualTo(SearchResult.Ending.GENERATOR);
    assertThat(found.lastMiss()).endsWith("generator late");
  }

  @Test
  void aGeneratorThatGivesOutFirstMakesItALowerBound() throws Exception {
    SearchResult found =
        search(
            RANGE,
            (_, value, _) ->
                value <= 3_000 ? met() : new Finding(Outcome.INVALID, "generator late"));

    assertThat(found.confirmed()).isBetween(2_850L, 3_000L);
    assertThat(found.ending()).isEqualTo(SearchResult.Ending.GENERATOR);
    assertThat(found.exitCode()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void anInterruptKeepsWhatWasFound() throws Exception {
    SearchResult found =
        search(
            RANGE,
            (_, value, _) -> value < 800 ? met() : new Finding(Outcome.INTERRUPTED, "interrupted"));

    assertThat(found.tries()).hasSize(4);
    assertThat(found.best()).isEqualTo(400);
    assertThat(found.confirmed()).isZero();
    assertThat(found.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
  }

  @ParameterizedTest
  @CsvSource({"UNREACHABLE, TARGET_FAILED", "HOST_LIMIT, HOST_LIMIT"})
  void whereNoConnectionCanBeMadeTheFirstTryIsTheLast(Outcome outcome, ExitCode exitCode)
      throws Exception {
    SearchResult found = search(RANGE, (_, _, _) -> new Finding(outcome, "refused"));

    assertThat(found.tries()).hasSize(1);
    assertThat(found.ending().name()).isEqualTo(outcome.name());
    assertThat(found.exitCode()).isEqualTo(exitCode);
    assertThat(conclusionOf(found)).isEqualTo("refused");
  }

  @Test
  void aTargetThatIsGoneForGoodEndsTheSearchWithWhatWasFound() throws Exception {
    SearchResult found =
        search(
            RANGE,
            (_, value, _) -> value < 400 ? met() : new Finding(Outcome.UNREACHABLE, "refused"));

    assertThat(found.tries())
        .extracting(Try::value)
        .as("as many tries as a step has")
        .containsExactly(100L, 200L, 400L, 400L, 400L);
    assertThat(found.exitCode()).isEqualTo(ExitCode.TARGET_FAILED);
    assertThat(conclusionOf(found))
        .isEqualTo("200 messages/s met p99<5ms, not confirmed; then refused");
  }

  @Test
  void whatWasMetAndNeverConfirmedIsNotSaidToBeMetNowhere() throws Exception {
    SearchResult metOnce =
        search(
            RANGE,
            (step, _, _) ->
                step == CapacitySearch.Step.CONFIRMATION
                    ? new Finding(Outcome.INVALID, "generator late")
                    : met());
    SearchResult never = search(RANGE, upTo(0));

    assertThat(conclusionOf(metOnce))
        .startsWith("p99<5ms was met in a step, and confirmed nowhere; ");
    assertThat(conclusionOf(never)).startsWith("p99<5ms was met nowhere; ");
  }

  @Test
  void aTargetThatIsStartedAgainIsSearchedOn() throws Exception {
    SearchResult found =
        search(
            RANGE,
            (_, value, attempt) ->
                value <= 3_000
                    ? met()
                    : attempt == 1 ? missed() : new Finding(Outcome.UNREACHABLE, "refused"));

    assertThat(found.confirmed()).isBetween(2_850L, 3_000L);
    assertThat(found.ending()).isEqualTo(SearchResult.Ending.TARGET);
  }

  private static String conclusionOf(SearchResult found) {
    return new SearchReport("p99<5ms", SearchCommand.Over.RATE, found, List.of()).conclusion();
  }

  private static SearchResult search(Range range, Trial trial) throws Exception {
    CapacitySearch search = new CapacitySearch(range, trial);
    search.run();
    return search.result();
  }

  private static Trial upTo(long capacity) {
    return (_, value, _) -> value <= capacity ? met() : missed();
  }

  private static Finding met() {
    return new Finding(Outcome.MET, "1 ms");
  }

  private static Finding missed() {
    return new Finding(Outcome.MISSED, "9 ms");
  }
}
