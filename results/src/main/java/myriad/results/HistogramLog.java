package myriad.results;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The content of a {@code *.hlog}: an HdrHistogram interval log in nanoseconds, tagged by {@link
 * LatencyKind}, that HdrHistogram's own tools read ({@code HistogramLogProcessor -tag SERVICE}).
 * Times are seconds since the base time, when the run began. A kind that was recorded only for the
 * measured phase as a whole has one line that spans the intervals.
 *
 * <p>It is read here and not by {@code HistogramLogReader}, which believes every size that a file
 * claims.
 */
final class HistogramLog {

  private static final String TAG = "Tag=";
  private static final String BASE_TIME = "#[BaseTime: ";
  private static final int FIELDS = 5;
  private static final int MAX_LINE_LENGTH = 4 << 20;

  /** What holds the payload of a line, with its places in lists and maps; generously. */
  private static final int LINE_OBJECTS_BYTES = 256;

  private HistogramLog() {}

  static byte[] write(RunHistograms histograms) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter log = new HistogramLogWriter(bytes);
    Map<LatencyKind, Histogram> whole = onlyWhole(histograms);
    long baseMillis = histograms.startMillis();
    log.outputComment("[latency in nanoseconds, one tag a kind; maxima in milliseconds]");
    log.outputLogFormatVersion();
    log.outputBaseTime(baseMillis);
    log.outputStartTime(baseMillis);
    log.setBaseTime(baseMillis);
    log.outputLegend();
    whole.forEach((kind, histogram) -> log.outputIntervalHistogram(tagged(histogram, kind)));
    for (Map<LatencyKind, Histogram> interval : histograms.intervals()) {
      interval.forEach((kind, histogram) -> log.outputIntervalHistogram(tagged(histogram, kind)));
    }
    log.close();
    return bytes.toByteArray();
  }

  private static Map<LatencyKind, Histogram> onlyWhole(RunHistograms histograms) {
    Map<LatencyKind, Histogram> whole = new EnumMap<>(LatencyKind.class);
    whole.putAll(histograms.measured());
    long start = Long.MAX_VALUE;
    long end = histograms.startMillis();
    for (Map<LatencyKind, Histogram> interval : histograms.intervals()) {
      whole.keySet().removeAll(interval.keySet());
      for (Histogram histogram : interval.values()) {
        start = Math.min(start, histogram.getStartTimeStamp());
        end = Math.max(end, histogram.getEndTimeStamp());
      }
    }
    for (Map.Entry<LatencyKind, Histogram> kind : whole.entrySet()) {
      Histogram spanning = kind.getValue().copy();
      spanning.setStartTimeStamp(Math.min(start, end));
      spanning.setEndTimeStamp(end);
      kind.setValue(spanning);
    }
    return whole;
  }

  private static Histogram tagged(Histogram histogram, LatencyKind kind) {
    Histogram copy = histogram.copy();
    copy.setTag(kind.name());
    return copy;
  }

  /**
   * Reads what {@link #write} wrote. The measured phase is the sum of the lines of each kind.
   *
   * @param mostBytes memory that the histograms may take: a line of a hundred characters can unpack
   *     to megabytes
   * @throws IllegalArgumentException if a line is damaged, or claims what no run can have
   */
  static RunHistograms read(BufferedReader log, long mostBytes) throws IOException {
    Contents contents = new Contents(mostBytes);
    int number = 1;
    for (String line = readLine(log); !line.isEmpty(); line = readLine(log)) {
      try {
        contents.add(line);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "line %d: %s".formatted(number, OneLine.of(String.valueOf(e.getMessage()))), e);
      }
      number++;
    }
    return new RunHistograms(
        contents.measured,
        new PackedIntervals(List.copyOf(contents.intervals.values())),
        contents.baseMillis);
  }

  /**
   * A histogram as it was read: some kilobytes, where one that is unpacked takes a quarter of a MB.
   */
  private record Line(ByteBuffer payload, long startMillis, long endMillis) {

    static Line of(String[] fields, long baseMillis) {
      byte[] payload = Base64.getDecoder().decode(fields[FIELDS - 1].strip());
      long start = baseMillis + millis(fields[1]);
      return new Line(ByteBuffer.wrap(payload), start, start + millis(fields[2]));
    }

    Histogram unpack() {
      Histogram histogram = HistogramPayload.decode(payload.duplicate());
      histogram.setStartTimeStamp(startMillis);
      histogram.setEndTimeStamp(endMillis);
      return histogram;
    }
  }

  /** Unpacks an interval when it is asked for: a run may have thousands. */
  private static final class PackedIntervals extends AbstractList<Map<LatencyKind, Histogram>> {

    private final List<Map<LatencyKind, Line>> intervals;

    PackedIntervals(List<Map<LatencyKind, Line>> intervals) {
      this.intervals = intervals;
    }

    @Override
    public Map<LatencyKind, Histogram> get(int index) {
      Map<LatencyKind, Histogram> unpacked = new EnumMap<>(LatencyKind.class);
      intervals.get(index).forEach((kind, line) -> unpacked.put(kind, line.unpack()));
      return unpacked;
    }

    @Override
    public int size() {
      return intervals.size();
    }
  }

  /** What was read so far. */
  private static final class Contents {

    private final Map<LatencyKind, Histogram> measured = new EnumMap<>(LatencyKind.class);
    private final Map<Long, Map<LatencyKind, Line>> intervals = new TreeMap<>();
    private final long mostBytes;
    private long bytes;
    private long baseMillis;

    Contents(long mostBytes) {
      this.mostBytes = mostBytes;
    }

    void add(String line) {
      if (line.startsWith(BASE_TIME)) {
        baseMillis = millis(line.substring(BASE_TIME.length()).split(" ", 2)[0]);
      } else if (line.startsWith(TAG)) {
        String[] fields = line.split(",", FIELDS);
        LatencyKind kind = kind(fields);
        Line packed = Line.of(fields, baseMillis);
        Histogram histogram = packed.unpack();
        Histogram known = measured.get(kind);
        Histogram sum = known == null ? emptyLike(histogram) : known;
        long before = known == null ? 0 : known.getEstimatedFootprintInBytes();
        sum.add(histogram);
        requireRoom(sum.getEstimatedFootprintInBytes() - before);
        measured.put(kind, sum);
        requireRoom(packed.payload.remaining() + LINE_OBJECTS_BYTES);
        intervals
            .computeIfAbsent(packed.startMillis, _ -> new EnumMap<>(LatencyKind.class))
            .put(kind, packed);
      }
    }

    private void requireRoom(long more) {
      bytes += more;
      if (bytes > mostBytes) {
        throw new IllegalArgumentException(
            "the histograms need more than %d MB; give Java more with -Xmx"
                .formatted(mostBytes >> 20));
      }
    }
  }

  /** A line with its end; empty at the end of the file. */
  private static String readLine(BufferedReader log) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = log.read(); c >= 0; c = log.read()) {
      line.append((char) c);
      if (c == '\n') {
        break;
      }
      if (line.length() > MAX_LINE_LENGTH) {
        throw new IllegalArgumentException("a line of the histogram log is too long");
      }
    }
    return line.toString();
  }

  private static Histogram emptyLike(Histogram histogram) {
    Histogram empty = new Histogram(histogram);
    empty.setAutoResize(true);
    return empty;
  }

  private static LatencyKind kind(String[] fields) {
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("a line of the histogram log is cut short");
    }
    return LatencyKind.valueOf(fields[0].substring(TAG.length()));
  }

  private static long millis(String seconds) {
    return Math.round(Double.parseDouble(seconds) * 1_000);
  }

  static List<LatencyKind> percentileFileKinds() {
    return List.of(LatencyKind.SERVICE, LatencyKind.RESPONSE);
  }
}
