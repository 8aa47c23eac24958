package myriad.server.async;

import org.jspecify.annotations.Nullable;

/** Where nullness is the business of a type argument, which the checker does not follow. */
final class Nulls {

  private Nulls() {}

  /** The value as a T: null only where T's owner put it, as for {@code Void}. */
  @SuppressWarnings("NullAway")
  static <T> T trusted(@Nullable T value) {
    return value;
  }
}
