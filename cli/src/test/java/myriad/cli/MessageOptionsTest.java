package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import myriad.loadgen.Expectation;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.MessageSizes;
import myriad.loadgen.Messages;
import myriad.loadgen.Messages.FirstMessage;
import myriad.loadgen.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is said of messages on the command line, and what a plan makes of it. */
class MessageOptionsTest {

  private static final WireText HELLO = WireText.parse("hello");

  @Test
  void messagesAreFramedPatternsUnlessTold() {
    assertThat(messages()).isEqualTo(Messages.DEFAULT);
  }

  @Test
  void sizesMayBeMixedWithTheSeedOfTheRun() {
    assertThat(messages("-s", "64:90,1k-2k:10", "--seed", "7").content())
        .isEqualTo(
            new Messages.Pattern(
                new MessageSizes(
                    List.of(
                        new MessageSizes.Part(64, 64, 90), new MessageSizes.Part(1024, 2048, 10)),
                    7)));
  }

  @Test
  void aTextIsFramedUnlessItIsToBeRaw() {
    assertThat(messages("-m", "hello").content()).isEqualTo(new Messages.FramedText(HELLO));
    assertThat(messages("-m", "hello", "--raw").content()).isEqualTo(new Messages.RawText(HELLO));
  }

  @Test
  void anEchoServerEchoesTheFirstMessageToo() {
    assertThat(messages("--first-message", "hello").first())
        .contains(new FirstMessage(HELLO, Optional.of(new Expectation.Exact(HELLO))));
    assertThat(messages("--first-message", "hello", "--first-expect", "nothing").first())
        .contains(new FirstMessage(HELLO, Optional.empty()));
  }

  @Test
  void aReplyMayBeToldByItsEndAndItsBeginning() {
    Messages.Content content =
        messages("--request", "hello", "--expect", "starts:VERSION ", "--expect", "until:\\r\\n")
            .content();

    assertThat(content)
        .isEqualTo(
            new Messages.Request(
                HELLO,
                new Expectation.Until(WireText.parse("\\r\\n"), WireText.parse("VERSION "))));
  }

  @Test
  void theFirstMessageIsAnsweredLikeRequestsUnlessTold() {
    Expectation reply = new Expectation.Length(5, WireText.EMPTY);
    assertThat(
            messages("--request", "x", "--expect", "length:5", "--first-message", "hello").first())
        .contains(new FirstMessage(HELLO, Optional.of(reply)));
    assertThat(
            messages(
                    "--request",
                    "x",
                    "--expect",
                    "ok",
                    "--first-message",
                    "hello",
                    "--first-expect",
                    "length:5")
                .first())
        .contains(new FirstMessage(HELLO, Optional.of(reply)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-s 64 --message x | --size and --message each say what a message holds: give one",
        "--message x --message-file pom.xml | --message and --message-file each say",
        "-s 2k-1k | --size is 2048-1024; it takes ranges that begin with the smaller size",
        "--raw | --raw sends the user's text as it is: give --message",
        "--seed 3 | --seed belongs to --arrivals poisson, or a --size that varies",
        "--seed 3 -s 64 | --seed belongs to",
        "--request x | --request needs --expect",
        "--expect x | --expect belongs to --request",
        "--request x --expect y -s 10 | --request says what is sent: leave out --size",
        "--request x --expect length:0 | --expect is length:0; it takes a length of 1 or more",
        "--request x --expect nothing | --expect is nothing",
        "--request x --expect a --expect b | --expect is given too often",
        "--request x --expect a --expect starts:b | leave out starts:",
        "--request x --expect starts:a | give length: or until: too",
        "--first-expect x | --first-expect belongs to --first-message",
        "--tls-insecure | --tls-insecure belongs to --tls",
        "--tls-name x | --tls-name belongs to --tls"
      })
  void contradictionsAreNamed(String arguments, String message) {
    assertThatThrownBy(() -> messages(arguments.split(" ", -1))).hasMessageContaining(message);
  }

  private static Messages messages(String... arguments) {
    Options options = new Options();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);
    LoadPlan.Builder plan = options.load.planAgainst(List.of(target), 10, Duration.ofSeconds(1));
    options.request.addTo(plan, options.load.messages(), options.load.seed());
    options.tls.addTo(plan);
    return plan.build().messages();
  }

  @Command
  private static final class Options {
    @Mixin private LoadOptions load;
    @Mixin private RequestOptions request;
    @Mixin private TlsOptions tls;
  }
}
