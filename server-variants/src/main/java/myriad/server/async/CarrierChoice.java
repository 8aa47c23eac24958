package myriad.server.async;

import org.jspecify.annotations.Nullable;

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

  /**
   * Chosen once, by trying; every loop of this JVM uses it. A wish that cannot be granted is kept
   * too: an initialiser that threw it would tell only the first who asks.
   */
  private static final class InUse {
    static final Attempt ATTEMPT = Attempt.at(System.getProperty(PROPERTY, ""));
  }

  record Chosen(Carrier carrier, CarrierChoice choice) {}

  /** One of the two is null. */
  private record Attempt(@Nullable Chosen chosen, @Nullable RuntimeException refusal) {

    static Attempt at(String wish) {
      try {
        return new Attempt(choose(wish), null);
      } catch (IllegalArgumentException | UnsupportedOperationException refusal) {
        return new Attempt(null, refusal);
      }
    }

    Chosen orRefusal() {
      if (chosen == null) {
        throw new IllegalStateException(
            "no carrier of coroutines: " + (refusal == null ? "" : refusal.getMessage()), refusal);
      }
      return chosen;
    }
  }

  /**
   * The choice for this JVM.
   *
   * @throws IllegalStateException if the system property asks for one that cannot be had; says what
   *     can
   */
  public static CarrierChoice inUse() {
    return InUse.ATTEMPT.orRefusal().choice();
  }

  static Carrier carrier() {
    return InUse.ATTEMPT.orRefusal().carrier();
  }

  static Chosen choose(String wish) {
    return switch (wish) {
      case "" -> best();
      case ContinuationCarrier.ID -> continuations();
      case VirtualThreadCarrier.ID ->
          chosen(new VirtualThreadCarrier(), "asked for by " + PROPERTY);
      default ->
          throw new IllegalArgumentException(
              "%s is '%s'; it takes %s or %s"
                  .formatted(PROPERTY, wish, ContinuationCarrier.ID, VirtualThreadCarrier.ID));
    };
  }

  private static Chosen continuations() {
    try {
      return chosen(new ContinuationCarrier(), "asked for by " + PROPERTY);
    } catch (UnsupportedOperationException hidden) {
      throw new UnsupportedOperationException(
          "%s is '%s', but the JDK hides its continuations (%s): start the JVM with %s, or leave the property out"
              .formatted(PROPERTY, ContinuationCarrier.ID, hidden.getMessage(), EXPORT),
          hidden);
    }
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
