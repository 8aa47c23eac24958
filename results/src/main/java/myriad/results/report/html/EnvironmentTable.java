package myriad.results.report.html;

import java.util.LinkedHashMap;
import java.util.Map;
import myriad.results.Environment;
import myriad.results.report.Units;

/** The host and the versions, and the limits that bound a run. */
final class EnvironmentTable {

  private EnvironmentTable() {}

  static String of(Environment environment) {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Host", environment.hostName());
    rows.put(
        "Processor",
        "%s (%s), %d usable"
            .formatted(environment.cpuModel(), environment.architecture(), environment.cpus()));
    rows.put("Memory", Units.bytes((double) environment.memoryBytes()));
    rows.put("System", environment.os() + " " + environment.kernel());
    rows.put("Java", environment.javaVersion() + ", " + environment.javaVendor());
    rows.put("Myriad", environment.myriadVersion());
    rows.putAll(environment.limits());
    StringBuilder html =
        new StringBuilder(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Environment\"><table><tbody>\n");
    rows.forEach(
        (name, value) ->
            html.append("<tr><th scope=\"row\" class=\"words\">")
                .append(Html.escape(name))
                .append("</th><td class=\"wrap\">")
                .append(Html.escape(value))
                .append("</td></tr>\n"));
    return html.append("</tbody></table></div>").toString();
  }
}
