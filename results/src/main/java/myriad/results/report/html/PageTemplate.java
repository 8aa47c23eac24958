package myriad.results.report.html;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with places for parts, each as {@code {{name}}}. */
final class PageTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  private PageTemplate() {}

  /** Fills in one pass, so that what is filled in is never taken for a placeholder. */
  static String fill(String template, Map<String, String> parts) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            placeholder -> {
              String part = parts.get(placeholder.group(1));
              if (part == null) {
                throw new IllegalStateException("nothing for " + placeholder.group());
              }
              return Matcher.quoteReplacement(part);
            });
  }
}
