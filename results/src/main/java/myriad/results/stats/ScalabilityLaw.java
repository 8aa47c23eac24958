package myriad.results.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.hipparchus.analysis.MultivariateVectorFunction;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;

/**
 * The Universal Scalability Law fitted to throughput: X(n) = λn / (1 + σ(n - 1) + κn(n - 1)).
 *
 * @param lambda throughput of one, in the unit of the throughput given
 * @param sigma contention: the share that cannot be done in parallel
 * @param kappa coherence: the cost of keeping each pair in agreement
 * @param rSquared share of the variance that the fit explains
 * @param covariance of lambda, sigma and kappa; a list of rows
 * @param degreesOfFreedom points beyond the three that a fit takes: the fewer, the wider its bands
 * @see <a href="https://arxiv.org/abs/0808.1431">Gunther, A General Theory of Computational
 *     Scalability Based on Rational Functions</a>
 */
public record ScalabilityLaw(
    double lambda,
    double sigma,
    double kappa,
    double rSquared,
    List<List<Double>> covariance,
    int degreesOfFreedom) {

  /** Below this the law does not describe what was measured. */
  private static final double POOR = 0.9;

  private static final int PARAMETERS = 3;
  private static final int MOST_EVALUATIONS = 10_000;
  private static final double SINGULAR = 1e-14;
  private static final double UPPER_95 = 0.975;

  /**
   * Fits.
   *
   * @param n connections or threads, each above zero
   * @param throughput at each {@code n}
   * @return empty where there are fewer than four different {@code n}, or no fit is found
   */
  public static Optional<ScalabilityLaw> fit(double[] n, double[] throughput) {
    if (Arrays.stream(n).distinct().count() <= PARAMETERS) {
      return Optional.empty();
    }
    // The parameters differ by many orders of magnitude: each is fitted in units of its own size.
    double largest = Arrays.stream(n).max().getAsDouble();
    double first = firstSlope(n, throughput);
    double[] units = {first, 1 / largest, 1 / (largest * largest)};
    try {
      Optimum optimum = solve(n, throughput, units);
      return Optional.of(result(optimum, n, throughput, units)).filter(ScalabilityLaw::isFinite);
    } catch (MathRuntimeException _) {
      return Optional.empty();
    }
  }

  private static double firstSlope(double[] n, double[] throughput) {
    double slope = 0;
    for (int i = 0; i < n.length; i++) {
      slope = Math.max(slope, throughput[i] / n[i]);
    }
    return slope;
  }

  private static Optimum solve(double[] n, double[] throughput, double[] units) {
    MultivariateVectorFunction model =
        point -> Arrays.stream(n).map(at -> value(scaled(point, units), at)).toArray();
    return new LevenbergMarquardtOptimizer()
        .optimize(
            new LeastSquaresBuilder()
                .start(new double[] {1, 1, 0.1})
                .target(throughput)
                .model(model, point -> jacobian(point, units, n))
                // Neither contention nor coherence can be below zero.
                .parameterValidator(point -> point.map(value -> Math.max(0, value)))
                .maxEvaluations(MOST_EVALUATIONS)
                .maxIterations(MOST_EVALUATIONS)
                .lazyEvaluation(false)
                .build());
  }

  private static double[] scaled(double[] point, double[] units) {
    double[] scaled = point.clone();
    Arrays.setAll(scaled, i -> point[i] * units[i]);
    return scaled;
  }

  private static double value(double[] parameters, double n) {
    return parameters[0] * n / cost(parameters, n);
  }

  private static double cost(double[] parameters, double n) {
    return 1 + parameters[1] * (n - 1) + parameters[2] * n * (n - 1);
  }

  private static double[] gradient(double[] parameters, double n) {
    double cost = cost(parameters, n);
    double bySigma = -parameters[0] * n * (n - 1) / (cost * cost);
    return new double[] {n / cost, bySigma, bySigma * n};
  }

  private static double[][] jacobian(double[] point, double[] units, double[] n) {
    return Arrays.stream(n)
        .mapToObj(at -> scaled(gradient(scaled(point, units), at), units))
        .toArray(double[][]::new);
  }

  private static ScalabilityLaw result(
      Optimum optimum, double[] n, double[] throughput, double[] units) {
    double[] parameters = scaled(optimum.getPoint().toArray(), units);
    double residual = optimum.getResiduals().dotProduct(optimum.getResiduals());
    double mean = Arrays.stream(throughput).average().getAsDouble();
    double total = Arrays.stream(throughput).map(x -> (x - mean) * (x - mean)).sum();
    int degreesOfFreedom = n.length - PARAMETERS;
    double noise = residual / degreesOfFreedom;
    RealMatrix covariance = optimum.getCovariances(SINGULAR);
    List<List<Double>> rows = new ArrayList<>();
    for (int row = 0; row < PARAMETERS; row++) {
      List<Double> columns = new ArrayList<>();
      for (int column = 0; column < PARAMETERS; column++) {
        columns.add(noise * covariance.getEntry(row, column) * units[row] * units[column]);
      }
      rows.add(List.copyOf(columns));
    }
    return new ScalabilityLaw(
        parameters[0],
        parameters[1],
        parameters[2],
        total == 0 ? 0 : 1 - residual / total,
        List.copyOf(rows),
        degreesOfFreedom);
  }

  private boolean isFinite() {
    return Stream.concat(
            Stream.of(lambda, sigma, kappa, rSquared),
            covariance.stream().flatMap(row -> row.stream()))
        .allMatch(Double::isFinite);
  }

  /** Throughput that the law predicts at {@code n}. */
  public double at(double n) {
    return value(new double[] {lambda, sigma, kappa}, n);
  }

  /**
   * Half the width of the 95 % band of the fit at {@code n}, by the delta method and Student's t.
   */
  public double bandAt(double n) {
    return halfWidth(gradient(new double[] {lambda, sigma, kappa}, n));
  }

  /** Half the width of the 95 % interval of {@link #sigma}. */
  public double sigmaBand() {
    return halfWidth(new double[] {0, 1, 0});
  }

  /** Half the width of the 95 % interval of {@link #kappa}. */
  public double kappaBand() {
    return halfWidth(new double[] {0, 0, 1});
  }

  private double halfWidth(double[] gradient) {
    double variance = 0;
    for (int row = 0; row < PARAMETERS; row++) {
      for (int column = 0; column < PARAMETERS; column++) {
        variance += gradient[row] * covariance.get(row).get(column) * gradient[column];
      }
    }
    double t = TDistribution.of(degreesOfFreedom).inverseCumulativeProbability(UPPER_95);
    return t * Math.sqrt(Math.max(0, variance));
  }

  /**
   * Where throughput is highest; empty where nothing makes it fall. Nothing serves less than one.
   */
  public Optional<Double> peak() {
    return kappa <= 0
        ? Optional.empty()
        : Optional.of(Math.max(1, Math.sqrt(Math.max(0, 1 - sigma) / kappa)));
  }

  /**
   * Half the width of the 95 % interval of {@link #peak}, by the delta method; empty where there is
   * no peak, or it is that of one.
   */
  public Optional<Double> peakBand() {
    return peak()
        .filter(peak -> peak > 1)
        .map(peak -> halfWidth(new double[] {0, -1 / (2 * kappa * peak), -peak / (2 * kappa)}))
        .filter(Double::isFinite);
  }

  /** True where the law does not describe what was measured, and its parameters mean nothing. */
  public boolean isPoor() {
    return rSquared < POOR;
  }
}
