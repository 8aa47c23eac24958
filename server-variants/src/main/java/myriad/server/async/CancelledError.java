package myriad.server.async;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at the await where a cancelled task stands. An {@link Error}, as asyncio's derives from
 * {@code BaseException}: {@code catch (Exception e)} around an await must not swallow a request to
 * stop. Code that catches it cleans up and throws it again.
 */
public final class CancelledError extends Error {

  private static final long serialVersionUID = 1;

  public CancelledError(@Nullable String message) {
    super(message);
  }

  CancelledError(@Nullable String message, @Nullable CancelledError cause) {
    super(message, cause);
  }
}
