package myriad.results.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The fixed parts of the report, and the policy that lets nothing else run. */
final class PageResources {

  private static final List<String> SCRIPTS =
      List.of(
          "format",
          "palette",
          "parts",
          "spectrum",
          "heatmap",
          "connections",
          "scaling",
          "bars",
          "offered",
          "usl",
          "tables",
          "main");

  private PageResources() {}

  static String template() {
    return text("report.html");
  }

  static String comparisonTemplate() {
    return text("compare.html");
  }

  static String style() {
    return text("report.css");
  }

  /** Apache ECharts, bundled by the build. */
  static String charts() {
    return text("charts.js");
  }

  /** The report's own script: its files one after the other, in a scope of their own. */
  static String script() {
    return scoped(SCRIPTS);
  }

  /** The script of a comparison. */
  static String comparisonScript() {
    return scoped(List.of("tables", "comparison"));
  }

  private static String scoped(List<String> names) {
    return names.stream()
        .map(name -> text("script/" + name + ".js"))
        .collect(Collectors.joining("\n", "(() => {\n'use strict';\n", "})();\n"));
  }

  /**
   * A content security policy by which nothing is loaded from anywhere, and only these run.
   *
   * @param style content of the style element
   * @param scripts content of each script element
   */
  static String policy(String style, List<String> scripts) {
    return "default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'"
        .formatted(
            scripts.stream().map(PageResources::hash).collect(Collectors.joining(" ")),
            hash(style));
  }

  private static String hash(String content) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(String name) {
    try (InputStream in = PageResources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
