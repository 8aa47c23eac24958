package myriad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A file of options: a map in YAML from names to values or lists of values, which are taken as they
 * are written. It is read event by event, so that nothing nested is built before it is refused; of
 * anchors, aliases and tags there are none.
 */
final class ScenarioFile {

  static final int MOST_BYTES = 64 * 1024;

  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  /**
   * An option.
   *
   * @param line where its name stands, from 1
   * @param values one, unless it is a list
   */
  record Entry(String name, int line, List<Value> values, boolean isList) {}

  /**
   * What an option is given.
   *
   * @param line where it stands, from 1
   */
  record Value(String text, int line) {}

  private final Path path;
  private final Iterator<Event> events;

  private ScenarioFile(Path path, String text) {
    this.path = path;
    this.events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
  }

  /**
   * The options that a file holds, in its order.
   *
   * @throws CommandException if it cannot be read, or is not what is taken
   */
  static List<Entry> read(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw usage("%s holds more than 64k, the most of a scenario".formatted(path));
      }
      return parse(path, text(bytes));
    } catch (NoSuchFileException e) {
      throw usage("there is no scenario '%s'".formatted(path));
    } catch (CharacterCodingException e) {
      throw usage("%s is not text in UTF-8".formatted(path));
    } catch (IOException e) {
      throw usage("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /** Likewise, of its text. */
  static List<Entry> parse(Path path, String text) {
    ScenarioFile file = new ScenarioFile(path, text);
    try {
      return file.entries();
    } catch (MarkedYamlEngineException e) {
      throw file.refused(
          line(e.getProblemMark()), "this is not YAML: " + firstLine(e.getProblem()));
    } catch (YamlEngineException e) {
      throw usage("%s is not YAML: %s".formatted(path, firstLine(e.getMessage())));
    }
  }

  private List<Entry> entries() {
    events.next(); // the stream begins
    if (events.next() instanceof StreamEndEvent) {
      throw refused(1, "there are no options here; write them as in 'connections: 1k'");
    }
    Event map = events.next();
    if (!(map instanceof MappingStartEvent start) || isMarked(start, start.getTag())) {
      throw refused(line(map), "this is no map of options, such as 'connections: 1k'");
    }
    List<Entry> entries = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof MappingEndEvent); next = events.next()) {
      String name = scalar(next, "the name of an option").text();
      if (entries.stream().anyMatch(entry -> entry.name.equals(name))) {
        throw refused(line(next), "%s is here a second time".formatted(name));
      }
      entries.add(entry(name, line(next)));
    }
    events.next(); // the document ends
    Event rest = events.next();
    if (!(rest instanceof StreamEndEvent)) {
      throw refused(line(rest), "a second document begins; a scenario has one");
    }
    return entries;
  }

  private Entry entry(String name, int line) {
    String takes = "'%s', which takes a value or a list of values".formatted(name);
    Event first = events.next();
    if (!(first instanceof SequenceStartEvent start)) {
      return new Entry(name, line, List.of(scalar(first, takes)), false);
    }
    if (isMarked(start, start.getTag())) {
      throw refused(line(start), marked(takes));
    }
    List<Value> values = new ArrayList<>();
    for (Event next = events.next(); !(next instanceof SequenceEndEvent); next = events.next()) {
      values.add(scalar(next, takes));
    }
    return new Entry(name, line, values, true);
  }

  private Value scalar(Event event, String what) {
    if (event instanceof ScalarEvent scalar && !isMarked(scalar, scalar.getTag())) {
      if (scalar.isPlain() && NOTHING.contains(scalar.getValue())) {
        throw refused(line(event), "there is nothing for %s; an empty text is ''".formatted(what));
      }
      return new Value(scalar.getValue(), line(event));
    }
    boolean nested = event instanceof MappingStartEvent || event instanceof SequenceStartEvent;
    throw refused(
        line(event), nested ? "this is a map or a list, for %s".formatted(what) : marked(what));
  }

  private static String marked(String what) {
    return "this has an anchor, an alias or a tag, for %s".formatted(what);
  }

  private static boolean isMarked(NodeEvent event, Optional<String> tag) {
    return event.getAnchor().isPresent() || tag.isPresent();
  }

  /** Refuses what is in a line. */
  private CommandException refused(int line, String reason) {
    return refused(path, line, reason);
  }

  /** Likewise, for whoever knows more of options than a file does. */
  static CommandException refused(Path path, int line, String reason) {
    return usage("%s, line %d: %s".formatted(path, line, reason));
  }

  private static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  private static int line(Event event) {
    return line(event.getStartMark());
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(found -> found.getLine() + 1).orElse(1);
  }

  private static String firstLine(@Nullable String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }
}
