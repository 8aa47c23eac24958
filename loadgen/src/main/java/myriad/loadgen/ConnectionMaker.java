package myriad.loadgen;

/** Makes the connections of an event loop, each with an id of its own. Lives on that loop. */
final class ConnectionMaker {

  private final LoadLoop loop;
  private final int loops;
  private int made;

  ConnectionMaker(LoadLoop loop) {
    this.loop = loop;
    this.loops = loop.plan().eventLoops();
  }

  /** A connection that is yet to be opened, the first or a later one of a slot. */
  EchoConnection newConnection(int slot) {
    int id = loop.index() + made * loops;
    made++;
    return new EchoConnection(id, slot, lifetimeNs(slot), loop);
  }

  /** The first connection of a slot gets a part of a life, so that not all end at once. */
  private long lifetimeNs(int slot) {
    int connections = loop.plan().connections();
    boolean first = made * (long) loops <= connections;
    double part = first ? (slot + 1.0) * loops / connections : 1;
    return (long) Math.ceil(loop.plan().life().lifetime().toNanos() * Math.min(1, part));
  }
}
