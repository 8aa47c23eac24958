package myriad.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import myriad.cli.values.SizePartConverter;
import myriad.cli.values.SizePartConverter.SizePart;
import myriad.cli.values.TextConverter;
import myriad.loadgen.Expectation;
import myriad.loadgen.MessageSizes;
import myriad.loadgen.Messages;
import myriad.loadgen.Messages.FirstMessage;
import myriad.loadgen.WireText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what an echo server is sent. */
final class MessageOptions {

  @Option(
      names = {"-s", "--size"},
      paramLabel = "SIZE",
      split = ",",
      converter = SizePartConverter.class,
      description =
          "Bytes of a message: 64, evenly from 16-1k, or a mix with weights, 64:90,1k:9,64k:1."
              + " Default: 64.")
  private @Nullable List<SizePart> sizes;

  @Option(
      names = {"-m", "--message"},
      paramLabel = "TEXT",
      converter = TextConverter.class,
      description =
          "Text of every message, behind the 12 bytes of its frame, with \\r \\n \\t \\0 \\\\ \\xHH"
              + " for bytes; @FILE for what a file holds. Default: a random pattern.")
  private @Nullable WireText message;

  @Option(
      names = "--message-file",
      paramLabel = "FILE",
      converter = TextConverter.OfFile.class,
      description = "Likewise, what this file holds.")
  private @Nullable WireText messageFile;

  @Option(
      names = "--raw",
      description =
          "Send --message as it is, without a frame, to a target that needs that: messages are all"
              + " alike then, and one that comes back reordered, twice or on another connection"
              + " looks right.")
  private boolean raw;

  @Option(
      names = "--first-message",
      paramLabel = "TEXT",
      converter = TextConverter.class,
      description =
          "Sent once as it is on each new connection, and its echo awaited and compared, before any"
              + " message. It counts in no latency and as no message.")
  private @Nullable WireText firstMessage;

  /**
   * What the options say together.
   *
   * @param seed of sizes that vary
   * @throws CommandException if options contradict each other
   */
  Messages messages(long seed) {
    List<String> contents = given();
    if (contents.size() > 1) {
      throw usage(
          "%s each say what a message holds: give one of them"
              .formatted(String.join(" and ", contents)));
    }
    WireText text = message == null ? messageFile : message;
    if (raw && text == null) {
      throw usage("--raw sends the user's text as it is: give --message or --message-file with it");
    }
    return new Messages(
        content(text, seed), Optional.ofNullable(firstMessage).map(MessageOptions::echoed));
  }

  /** Whether sizes vary, by a seed. */
  boolean vary() {
    return sizes != null && !sizes(1).isFixed();
  }

  /** The first message, if there is one. */
  @Nullable WireText firstMessage() {
    return firstMessage;
  }

  /** Options that say what a message holds, as far as they are given. */
  List<String> given() {
    return Stream.of(
            sizes == null ? "" : "--size",
            message == null ? "" : "--message",
            messageFile == null ? "" : "--message-file")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  boolean raw() {
    return raw;
  }

  private Messages.Content content(@Nullable WireText text, long seed) {
    if (text == null) {
      return new Messages.Pattern(sizes == null ? MessageSizes.DEFAULT : sizes(seed));
    }
    return raw ? new Messages.RawText(text) : new Messages.FramedText(text);
  }

  private MessageSizes sizes(long seed) {
    List<SizePart> parts = sizes == null ? List.of() : sizes;
    return new MessageSizes(parts.stream().map(SizePart::validated).toList(), seed);
  }

  private static FirstMessage echoed(WireText text) {
    return new FirstMessage(text, Optional.of(new Expectation.Exact(text)));
  }

  private static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
