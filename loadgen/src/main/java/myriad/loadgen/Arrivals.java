package myriad.loadgen;

import java.time.Duration;

/** When messages are due: the load model. */
public sealed interface Arrivals {

  /**
   * Every connection sends its next message when an echo has come back, so a target that stalls
   * also stalls its load, and hides its stalls from the latencies.
   *
   * @param pipelineDepth messages under way at once on a connection
   * @param think pause between an echo and the next message
   */
  record ClosedLoop(int pipelineDepth, Duration think) implements Arrivals {
    public ClosedLoop {
      if (pipelineDepth < 1 || pipelineDepth > 1024) {
        throw new InvalidPlanException("--pipeline", pipelineDepth, "1 to 1024");
      }
      if (think.isNegative()) {
        throw new InvalidPlanException("--think", think, "0s or more");
      }
    }
  }

  /**
   * Messages are due at even distances, whatever the target does, over all connections in turn. A
   * message that is due while its connection is busy waits there, and its wait counts in response
   * time.
   *
   * @param messagesPerSecond in all
   */
  record ConstantRate(double messagesPerSecond) implements Arrivals {
    public ConstantRate {
      if (!(messagesPerSecond > 0) || messagesPerSecond > 1e9) {
        throw new InvalidPlanException("--rate", messagesPerSecond, "more than 0, at most 1e9/s");
      }
    }
  }
}
