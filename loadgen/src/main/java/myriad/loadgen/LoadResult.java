package myriad.loadgen;

import myriad.results.RunHistograms;
import myriad.results.RunResult;

/**
 * What a run measured: the figures, and the histograms that they were drawn from.
 *
 * @param run with {@link RunResult#FOREIGN_VARIANT} as its variant, as load knows nothing of
 *     servers
 */
public record LoadResult(RunResult run, RunHistograms histograms) {}
