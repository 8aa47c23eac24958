package myriad.server.async;

/**
 * Which mechanism keeps the stacks of suspended coroutines in this JVM, and why that one.
 *
 * @param id {@code continuation} or {@code virtual-thread}
 * @param reason why, in one line; where it is the fallback, also what would help
 */
public record CarrierChoice(String id, String reason) {

  /**
   * System property that asks for a carrier by its id, such as {@code virtual-thread} for stepping
   * over an await in a debugger.
   */
  public static final String PROPERTY = "myriad.async.carrier";

  private static final String EXPORT = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";

  /** Chosen once, by trying; every loop of this JVM uses it. */
  private static final class InUse {
    static final Chosen CHOSEN = choose(System.getProperty(PROPERTY, ""));
  }

  record Chosen(Carrier carrier, CarrierChoice choice) {}

  /** The choice for this JVM. */
  public static CarrierChoice inUse() {
    return InUse.CHOSEN.choice();
  }

  static Carrier carrier() {
    return InUse.CHOSEN.carrier();
  }

  static Chosen choose(String wish) {
    return switch (wish) {
      case "" -> best();
      case ContinuationCarrier.ID -> chosen(new ContinuationCarrier(), "asked for by " + PROPERTY);
      case VirtualThreadCarrier.ID ->
          chosen(new VirtualThreadCarrier(), "asked for by " + PROPERTY);
      default ->
          throw new IllegalArgumentException(
              "%s is '%s'; it takes %s or %s"
                  .formatted(PROPERTY, wish, ContinuationCarrier.ID, VirtualThreadCarrier.ID));
    };
  }

  private static Chosen best() {
    try {
      return chosen(new ContinuationCarrier(), "the JDK grants its continuations");
    } catch (UnsupportedOperationException hidden) {
      return fallback(hidden);
    }
  }

  static Chosen fallback(UnsupportedOperationException hidden) {
    return chosen(
        new VirtualThreadCarrier(),
        "the JDK hides its continuations (%s); switches cost less with %s"
            .formatted(hidden.getMessage(), EXPORT));
  }

  private static Chosen chosen(Carrier carrier, String reason) {
    return new Chosen(carrier, new CarrierChoice(carrier.id(), reason));
  }
}
