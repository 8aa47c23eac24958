package myriad.results.history;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import myriad.results.compare.ComparedFigure;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;

/** One variant under one load, followed over time: the content of one CSV file. */
final class Series {

  /** What every series begins with; the figures follow. */
  static final List<String> ATTRIBUTES = List.of("time", "run", "commit", "myriad", "host", "plan");

  private static final int MAX_NAME_LENGTH = 80;
  private static final String ABSENT = "none";

  private Series() {}

  /** A plain file name without its end: {@code epoll-c1000}, {@code epoll-c1000-r10000}. */
  static String name(RunGroup group) {
    String rate =
        group.offeredRate().isPresent()
            ? "-r" + String.format(Locale.ROOT, "%.0f", group.offeredRate().getAsDouble())
            : "";
    String variant = group.serverName().replaceAll("[^A-Za-z0-9_-]+", "_");
    String shortened =
        variant.length() <= MAX_NAME_LENGTH ? variant : variant.substring(0, MAX_NAME_LENGTH);
    return shortened + "-c" + group.connectionsTarget() + rate;
  }

  /** In words, for people. */
  static String title(RunGroup group) {
    return group.serverName() + ", " + group.load();
  }

  /** Tells the load of a group from every other, in a word. */
  static String plan(RunGroup group) {
    CRC32 checksum = new CRC32();
    checksum.update(new TreeMap<>(described(group)).toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(checksum.getValue());
  }

  /** What tells two groups of one series apart, as {@code duration (5s, 15s)}. */
  static String differences(RunGroup one, RunGroup other) {
    Map<String, String> first = described(one);
    Map<String, String> second = described(other);
    return Stream.concat(first.keySet().stream(), second.keySet().stream())
        .distinct()
        .filter(option -> !Objects.equals(first.get(option), second.get(option)))
        .map(
            option ->
                "%s (%s, %s)"
                    .formatted(
                        option,
                        first.getOrDefault(option, ABSENT),
                        second.getOrDefault(option, ABSENT)))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> described(RunGroup group) {
    Map<String, String> described = new LinkedHashMap<>();
    described.put("name", group.serverName());
    described.putAll(group.runs().getFirst().plan());
    return described;
  }

  static List<ComparedFigure> figures(RunGroup group) {
    return ComparedFigure.all().stream().filter(figure -> figure.of(group).isPresent()).toList();
  }

  /** How far the repeats lie apart, as {@code ± 3 %}. */
  static String range(RunGroup group, ComparedFigure figure) {
    return figure.of(group).map(spread -> "± " + Units.percent(spread.relative())).orElse("");
  }
}
