package myriad.server.variants;

import java.util.concurrent.ThreadFactory;

/** Names of the threads of servers, so that a thread dump says whose they are. */
final class ThreadNames {

  private ThreadNames() {}

  /** The name of the only thread with this role in a server. */
  static String of(String variantId, String role) {
    return "myriad-" + variantId + "-" + role;
  }

  /** Makes platform threads with this role, numbered from 0. */
  static ThreadFactory factory(String variantId, String role) {
    return Thread.ofPlatform().name(prefix(variantId, role), 0).factory();
  }

  /** What the names of several threads begin with; a number follows. */
  static String prefix(String variantId, String role) {
    return of(variantId, role) + "-";
  }
}
