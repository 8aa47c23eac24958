package myriad.server;

/**
 * What garbage collection has cost a server's JVM, or several JVMs together.
 *
 * @param count collections for which its threads stood still
 * @param millis how long they did, all together
 */
public record GcPauses(long count, long millis) {

  public static final GcPauses NONE = new GcPauses(0, 0);

  public GcPauses plus(GcPauses other) {
    return new GcPauses(count + other.count, millis + other.millis);
  }

  public GcPauses minus(GcPauses other) {
    return new GcPauses(count - other.count, millis - other.millis);
  }
}
