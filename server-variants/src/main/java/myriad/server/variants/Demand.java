package myriad.server.variants;

/**
 * What a server asks of its host, beyond what every JVM does.
 *
 * @param what the part of it that asks for so much, such as {@code 4 event loops}
 * @param threads it has from the start, or at the number of connections that it is made for
 * @param descriptors likewise
 */
record Demand(String what, long threads, long descriptors) {

  /** Of event loops, a thread each. */
  static Demand ofLoops(int loops, int descriptorsALoop) {
    String what = loops == 1 ? "an event loop" : "%,d event loops".formatted(loops);
    return new Demand(what, loops, (long) loops * descriptorsALoop);
  }
}
