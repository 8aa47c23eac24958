package myriad.cli;

import java.util.List;

/**
 * How the process of a server ended.
 *
 * @param early by itself, before it was asked to
 * @param findings what is to be said of it
 */
record ServerEnd(boolean early, List<String> findings) {

  /** When it was asked to. */
  static final ServerEnd AS_ASKED = new ServerEnd(false, List.of());

  /** Not when it was asked to: it was killed. */
  static final ServerEnd FORCED =
      new ServerEnd(
          false,
          List.of(
              "the server did not stop when asked to, and was killed; its counters are not final"));

  ServerEnd {
    findings = List.copyOf(findings);
  }

  /** By itself, for the reason in {@code finding}. */
  static ServerEnd early(String finding) {
    return new ServerEnd(true, List.of(finding));
  }
}
