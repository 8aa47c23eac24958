package myriad.results;

import java.util.Map;

/**
 * The host and the versions a result was measured with.
 *
 * @param limits kernel and process limits that bound a run, by name, as the host gave them
 */
public record Environment(
    String myriadVersion,
    String javaVersion,
    String javaVendor,
    String os,
    String kernel,
    String architecture,
    String cpuModel,
    int cpus,
    long memoryBytes,
    String hostName,
    Map<String, String> limits) {

  public Environment {
    limits = Figures.ordered(limits);
  }
}
