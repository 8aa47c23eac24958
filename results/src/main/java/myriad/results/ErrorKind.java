package myriad.results;

/**
 * One kind of error that occurred in a run.
 *
 * @param counter what went wrong
 * @param count how often, in the counter's unit
 * @param firstSeconds when first, in seconds since the run began
 * @param connection number of the connection that met it first, from 0
 * @param address the target of that connection
 * @param example what the system said, or what was found, that first time; one line
 * @param remedy what to do about it; one line
 */
public record ErrorKind(
    Counter counter,
    long count,
    double firstSeconds,
    int connection,
    String address,
    String example,
    String remedy) {

  public ErrorKind {
    Figures.finite("firstSeconds", firstSeconds);
  }

  /** {@code 12 refused, first after 0.013 s on connection 0 to 127.0.0.1:7: … — start it …}. */
  public String describe() {
    return "%,d %s%s, first after %.3f s on connection %d to %s: %s; %s"
        .formatted(
            count,
            counter.unit() == Counter.Unit.BYTES ? "bytes " : "",
            counter.label(),
            firstSeconds,
            connection,
            address,
            example,
            remedy);
  }
}
