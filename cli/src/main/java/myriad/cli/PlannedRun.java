package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import myriad.server.ServerVariant;

/**
 * One run of a sweep, before it is run.
 *
 * @param repeat of the same plan, from 1
 */
record PlannedRun(ServerVariant variant, int connections, int repeat) {

  RunLabel label() {
    return new RunLabel(variant.id(), variant.model(), repeat);
  }

  /**
   * Every variant at every count, as often as asked. Repeats are the outermost round, so that a
   * drift of the host's speed spreads over all variants alike.
   */
  static List<PlannedRun> sweep(
      List<ServerVariant> variants, List<Integer> connectionCounts, int repeats) {
    List<PlannedRun> runs = new ArrayList<>();
    for (int repeat = 1; repeat <= repeats; repeat++) {
      for (ServerVariant variant : variants) {
        for (int connections : connectionCounts) {
          runs.add(new PlannedRun(variant, connections, repeat));
        }
      }
    }
    return runs;
  }
}
