package myriad.results.report.html;

/** Text made safe for HTML. */
final class Html {

  private Html() {}

  /** For element content and for attribute values in double quotes. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isShown(c) ? c : '\uFFFD');
              }
            });
    return safe.toString();
  }

  /** Controls and bidirectional overrides would let a label pass for another. */
  private static boolean isShown(int c) {
    boolean override = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !override && !surrogate && (c == '\n' || c == '\t' || !Character.isISOControl(c));
  }

  /** JSON for a {@code script} element: no character of it can end the element. */
  static String escapeJson(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
