package myriad.loadgen;

/**
 * The first error of a kind on an event loop.
 *
 * @param atNs when, by {@link System#nanoTime}
 * @param connection its id
 * @param example what the system said, or what was found; one line
 */
record FirstError(long atNs, int connection, String example) {

  FirstError earlier(FirstError other) {
    return other.atNs < atNs ? other : this;
  }
}
