package myriad.results;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The folder that keeps one sweep: {@code run.json}, and for each run an interval log {@code
 * NNN-VARIANT-cCOUNT-rREPEAT.hlog} and percentile distributions {@code ….service.hgrm} and {@code
 * ….response.hgrm} in microseconds. Reports are made from these and written beside them.
 *
 * <p>Every file appears whole or not at all. Not for use by several threads at once.
 */
public final class RunDirectory {

  /** The file that everything else can be made from, with the histogram logs. */
  public static final String RESULT_FILE = "run.json";

  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final int MAX_IDS_A_SECOND = 1_000;
  private static final int MAX_SLUG_LENGTH = 60;
  private static final int PERCENTILE_TICKS_PER_HALF_DISTANCE = 5;
  private static final double NANOS_PER_MICRO = 1_000.0;

  private final Path path;

  private RunDirectory(Path path) {
    this.path = path;
  }

  /**
   * Makes a new, empty folder {@code base/yyyyMMdd-HHmmss-purpose} (UTC), with a number behind it
   * where that exists.
   *
   * @param base made if it is missing
   * @param purpose the subcommand that measures, such as {@code bench}
   */
  public static RunDirectory create(Path base, String purpose, Instant startedAt)
      throws ResultsException {
    String id = ID_TIME.format(startedAt) + "-" + slug(purpose);
    Path wanted = base.resolve(id);
    try {
      Files.createDirectories(base);
      for (int attempt = 2; attempt <= MAX_IDS_A_SECOND; attempt++) {
        try {
          return new RunDirectory(Files.createDirectory(wanted));
        } catch (FileAlreadyExistsException _) {
          wanted = base.resolve(id + "-" + attempt);
        }
      }
      throw new FileAlreadyExistsException(wanted.toString());
    } catch (IOException e) {
      throw ResultsException.writing(wanted, e);
    }
  }

  /** A folder that {@link #create} made, perhaps on another machine. Reads nothing yet. */
  public static RunDirectory open(Path path) throws ResultsException {
    if (!Files.isRegularFile(path.resolve(RESULT_FILE))) {
      throw ResultsException.reading(
          path,
          "not a run directory: it holds no " + RESULT_FILE,
          new NoSuchFileException(RESULT_FILE));
    }
    return new RunDirectory(path);
  }

  public Path path() {
    return path;
  }

  /** Name of the folder, and {@link SweepResult#runId} of what is kept in it. */
  public String runId() {
    return String.valueOf(path.getFileName());
  }

  /**
   * Writes or replaces one file.
   *
   * @param name a plain file name
   */
  public void write(String name, byte[] content) throws ResultsException {
    if (!name.equals(slug(name))) {
      throw new IllegalArgumentException("not a plain file name: " + name);
    }
    WholeFile.write(path.resolve(name), content);
  }

  /** Writes or replaces {@code run.json}. */
  public void writeResult(SweepResult sweep) throws ResultsException {
    write(RESULT_FILE, RunJson.write(sweep));
  }

  /**
   * Writes the histogram files of one run. Nothing is written for a run in which nothing was
   * measured.
   *
   * @param runIndex position of {@code run} in {@link SweepResult#runs}, from 0
   */
  public void writeHistograms(int runIndex, RunResult run, RunHistograms histograms)
      throws ResultsException {
    if (histograms.measured().isEmpty()) {
      return;
    }
    String stem = stem(runIndex, run);
    for (LatencyKind kind : HistogramLog.percentileFileKinds()) {
      Histogram histogram = histograms.measured().get(kind);
      if (histogram != null) {
        String kindName = kind.name().toLowerCase(Locale.ROOT);
        write("%s.%s.hgrm".formatted(stem, kindName), percentiles(histogram));
      }
    }
    write(stem + ".hlog", HistogramLog.write(histograms));
  }

  private static byte[] percentiles(Histogram histogram) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      histogram.outputPercentileDistribution(
          out, PERCENTILE_TICKS_PER_HALF_DISTANCE, NANOS_PER_MICRO);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads the figures; histograms are read when they are asked for.
   *
   * @throws ResultsException if {@code run.json} is damaged, foreign, or newer than this version
   */
  public RecordedSweep read() throws ResultsException {
    return recorded(readResult());
  }

  /** {@code sweep} with the histograms that were written here for its runs. */
  public RecordedSweep recorded(SweepResult sweep) {
    return new RecordedSweep(sweep, index -> readHistograms(index, sweep.runs().get(index)));
  }

  private SweepResult readResult() throws ResultsException {
    Path file = path.resolve(RESULT_FILE);
    try {
      if (Files.size(file) > RunJson.MAX_BYTES) {
        throw new IllegalArgumentException("larger than any result of Myriad");
      }
      return RunJson.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw ResultsException.reading(file, e);
    } catch (IllegalArgumentException e) {
      throw ResultsException.reading(file, String.valueOf(e.getMessage()), e);
    }
  }

  private RunHistograms readHistograms(int runIndex, RunResult run) throws ResultsException {
    Path file = path.resolve(stem(runIndex, run) + ".hlog");
    if (!Files.isRegularFile(file)) {
      return RunHistograms.none();
    }
    try (BufferedReader log = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      return HistogramLog.read(log, Runtime.getRuntime().maxMemory() / 2);
    } catch (IOException e) {
      throw ResultsException.reading(file, e);
    } catch (RuntimeException e) {
      throw ResultsException.reading(file, "not a histogram log, or damaged: " + e.getMessage(), e);
    }
  }

  private static String stem(int runIndex, RunResult run) {
    return "%03d-%s-c%d-r%d"
        .formatted(
            runIndex + 1,
            run.variant().equals(RunResult.FOREIGN_VARIANT) ? "target" : slug(run.variant()),
            run.connections().target(),
            run.repeat());
  }

  /** No name that a user or a file brings can leave the folder. */
  private static String slug(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
    return plain.length() <= MAX_SLUG_LENGTH ? plain : plain.substring(0, MAX_SLUG_LENGTH);
  }
}
