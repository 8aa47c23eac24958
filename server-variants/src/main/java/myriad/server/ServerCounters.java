package myriad.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * What a server counts of its connections. Written by the server's threads, read by any; a {@link
 * #snapshot} is not atomic over the counters, but each counter is exact once the server is idle.
 */
public final class ServerCounters {

  private final LongAdder accepted = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();
  private final LongAdder backPressurePauses = new LongAdder();
  private final Map<CloseKind, LongAdder> closed = adders(CloseKind.class);
  private final Map<AcceptFailure, LongAdder> acceptFailures = adders(AcceptFailure.class);

  public void accepted() {
    accepted.increment();
  }

  public void closed(CloseKind kind) {
    adder(closed, kind).increment();
  }

  public void acceptFailed(AcceptFailure kind) {
    adder(acceptFailures, kind).increment();
  }

  public void bytesIn(long bytes) {
    bytesIn.add(bytes);
  }

  public void bytesOut(long bytes) {
    bytesOut.add(bytes);
  }

  /** A peer did not read, so the server stopped reading from it. */
  public void backPressurePaused() {
    backPressurePauses.increment();
  }

  /**
   * Adds what another server counted between two of its snapshots.
   *
   * @param before the earlier of the two
   */
  public void addProgress(Snapshot before, Snapshot after) {
    accepted.add(after.accepted() - before.accepted());
    addProgress(closed, before.closed(), after.closed());
    bytesIn.add(after.bytesIn() - before.bytesIn());
    bytesOut.add(after.bytesOut() - before.bytesOut());
    addProgress(acceptFailures, before.acceptFailures(), after.acceptFailures());
    backPressurePauses.add(after.backPressurePauses() - before.backPressurePauses());
  }

  /** The counters now. */
  public Snapshot snapshot() {
    Map<CloseKind, Long> closedNow = sums(closed);
    // Closes are read before accepts: the number open may be late, but is never negative.
    long closedTotal = closedNow.values().stream().mapToLong(Long::longValue).sum();
    long acceptedNow = accepted.sum();
    return new Snapshot(
        acceptedNow,
        acceptedNow - closedTotal,
        closedNow,
        bytesIn.sum(),
        bytesOut.sum(),
        sums(acceptFailures),
        backPressurePauses.sum());
  }

  /**
   * Counters at one moment.
   *
   * @param accepted connections accepted since the start
   * @param open connections accepted and not yet closed
   * @param closed connections closed, by reason; every reason is a key
   * @param bytesIn bytes read from peers
   * @param bytesOut bytes written to peers; with Netty, given to it or its sockets to be written,
   *     of which a connection that is cut off loses what its peer did not take
   * @param acceptFailures accepts that failed, by reason; every reason is a key
   * @param backPressurePauses times the server stopped reading from a peer that did not read; a
   *     thread that blocks in a write does so too, unseen, so blocking variants count none
   */
  public record Snapshot(
      long accepted,
      long open,
      Map<CloseKind, Long> closed,
      long bytesIn,
      long bytesOut,
      Map<AcceptFailure, Long> acceptFailures,
      long backPressurePauses) {}

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kinds) {
    Map<E, LongAdder> adders = new EnumMap<>(kinds);
    for (E kind : kinds.getEnumConstants()) {
      adders.put(kind, new LongAdder());
    }
    return adders;
  }

  private static <E extends Enum<E>> void addProgress(
      Map<E, LongAdder> adders, Map<E, Long> before, Map<E, Long> after) {
    adders.forEach(
        (kind, adder) -> adder.add(after.getOrDefault(kind, 0L) - before.getOrDefault(kind, 0L)));
  }

  private static <E extends Enum<E>> LongAdder adder(Map<E, LongAdder> adders, E kind) {
    LongAdder adder = adders.get(kind);
    if (adder == null) {
      throw new IllegalStateException("no counter for " + kind);
    }
    return adder;
  }

  private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders) {
    return adders.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().sum()));
  }
}
