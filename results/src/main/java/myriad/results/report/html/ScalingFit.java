package myriad.results.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import myriad.results.RunResult;
import myriad.results.report.RunGroup;
import myriad.results.report.Units;
import myriad.results.report.html.HtmlTable.Cell;
import myriad.results.stats.ScalabilityLaw;

/**
 * How the throughput of one variant grows with its connections, by the Universal Scalability Law.
 * Only closed loops have such a throughput: that of an open one is what was offered.
 *
 * @param points connections and messages a second, one a run that counts
 * @param law empty where there are too few different counts, or none fits
 */
record ScalingFit(String variant, List<double[]> points, Optional<ScalabilityLaw> law) {

  private static final int FEWEST_COUNTS = 4;
  private static final int CURVE_POINTS = 60;

  /** One for each variant that was run at several counts; none where nothing was. */
  static List<ScalingFit> of(List<RunGroup> groups) {
    Map<String, List<double[]>> points = new LinkedHashMap<>();
    for (RunGroup group : groups) {
      if (group.offeredRate().isEmpty() && isClosedLoop(group.runs().getFirst())) {
        group.counted().stream()
            .filter(run -> run.connections().open() > 0 && run.messagesPerSecond() > 0)
            .forEach(
                run ->
                    points
                        .computeIfAbsent(group.serverName(), _ -> new ArrayList<>())
                        .add(new double[] {run.connections().open(), run.messagesPerSecond()}));
      }
    }
    return points.entrySet().stream()
        .filter(entry -> counts(entry.getValue()) > 1)
        .map(entry -> new ScalingFit(entry.getKey(), entry.getValue(), fit(entry.getValue())))
        .toList();
  }

  private static boolean isClosedLoop(RunResult run) {
    return run.plan().containsKey("closed-loop");
  }

  private static int counts(List<double[]> points) {
    TreeSet<Double> counts = new TreeSet<>();
    points.forEach(point -> counts.add(point[0]));
    return counts.size();
  }

  private static Optional<ScalabilityLaw> fit(List<double[]> points) {
    return ScalabilityLaw.fit(
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> point[1]).toArray());
  }

  /** Connections, throughput, and both ends of its 95 % band, over what was measured. */
  List<List<Number>> curve() {
    if (law.isEmpty()) {
      return List.of();
    }
    double least = points.stream().mapToDouble(point -> point[0]).min().orElseThrow();
    double most = mostConnections();
    List<List<Number>> curve = new ArrayList<>();
    for (int i = 0; i <= CURVE_POINTS; i++) {
      double n = least * Math.pow(most / least, i / (double) CURVE_POINTS);
      double at = law.get().at(n);
      double band = law.get().bandAt(n);
      curve.add(
          List.of(
              Compact.number(n),
              Compact.number(at),
              Compact.number(Math.max(0, at - band)),
              Compact.number(at + band)));
    }
    return curve;
  }

  private double mostConnections() {
    return points.stream().mapToDouble(point -> point[0]).max().orElseThrow();
  }

  /**
   * The parameters of every fit as a section of the report; nothing where there is no fit to try.
   */
  static String section(List<ScalingFit> fits) {
    if (fits.isEmpty()) {
      return "";
    }
    return """
        <section id="scaling" aria-labelledby="scaling-title">
          <h2 id="scaling-title">Scaling</h2>
          <p class="hint">The Universal Scalability Law, X(n) = λn / (1 + σ(n−1) + κn(n−1)), fitted to \
        throughput over connections: σ is what cannot be done in parallel, κ what agreeing costs; ± is a 95 %% \
        interval by Student's t.</p>
          %s
        </section>
        """
        .formatted(
            new HtmlTable<ScalingFit>()
                .words("Variant", fit -> Cell.words(fit.variant))
                .figures("λ, one connection", fit -> fit.cell(ScalabilityLaw::lambda, "/s"))
                .figures(
                    "σ, contention",
                    fit -> fit.parameter(ScalabilityLaw::sigma, ScalabilityLaw::sigmaBand))
                .figures(
                    "κ, coherence",
                    fit -> fit.parameter(ScalabilityLaw::kappa, ScalabilityLaw::kappaBand))
                .figures("Peak at", ScalingFit::peak)
                .figures("R²", fit -> fit.cell(ScalabilityLaw::rSquared, ""))
                .prose("Said of it", fit -> Cell.words(fit.words()))
                .render("Scaling", fits));
  }

  private Cell cell(ToDoubleFunction<ScalabilityLaw> figure, String unit) {
    return law.map(found -> figure.applyAsDouble(found))
        .map(value -> Cell.figure(value, Units.count(value) + unit))
        .orElseGet(Cell::none);
  }

  private Cell parameter(
      ToDoubleFunction<ScalabilityLaw> parameter, ToDoubleFunction<ScalabilityLaw> band) {
    return law.map(
            found -> {
              double value = parameter.applyAsDouble(found);
              return within(
                  value, "%.2g".formatted(value), "%.1g".formatted(band.applyAsDouble(found)));
            })
        .orElseGet(Cell::none);
  }

  private Cell peak() {
    Optional<String> band = law.flatMap(ScalabilityLaw::peakBand).map(Units::count);
    return law.flatMap(ScalabilityLaw::peak)
        .map(
            peak ->
                band.map(half -> within(peak, Units.count(peak), half))
                    .orElseGet(() -> Cell.figure(peak, Units.count(peak))))
        .orElseGet(Cell::none);
  }

  private static Cell within(double value, String text, String band) {
    return Cell.figure(value, "%s <span class=\"spread\">± %s</span>".formatted(text, band));
  }

  private String words() {
    if (law.isEmpty()) {
      int counts = counts(points);
      return counts < FEWEST_COUNTS
          ? "too few points: a fit takes %d different counts of connections, here are %d"
              .formatted(FEWEST_COUNTS, counts)
          : "no fit was found";
    }
    if (law.get().isPoor()) {
      return "a poor fit: the law does not describe this server, and its parameters mean little";
    }
    return law.get().degreesOfFreedom() == 1
        ? peakInWords() + "; with a single run more than a fit takes, its band is wide"
        : peakInWords();
  }

  private String peakInWords() {
    Optional<Double> peak = law.flatMap(ScalabilityLaw::peak);
    if (peak.isEmpty()) {
      return "nothing makes it fall within what was measured";
    }
    if (law.flatMap(ScalabilityLaw::peakBand).filter(band -> band >= peak.get()).isPresent()) {
      return "where its peak lies cannot be told from these runs";
    }
    return peak.get() > mostConnections()
        ? "the peak lies beyond what was measured: take it as a direction"
        : "more connections than at the peak cost throughput";
  }
}
