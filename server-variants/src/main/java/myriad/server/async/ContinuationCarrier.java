package myriad.server.async;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * A JDK continuation a coroutine: its frames are copied between the loop's stack and the heap. The
 * class is internal to the JDK, and reached through constant method handles, which the compiler
 * folds: they measured no slower than a call compiled against it.
 *
 * <p>A coroutine runs on the loop's own thread, so thread locals are shared by all of them, and a
 * {@link ScopedValue} bound around an await would be seen by the others: use {@link ContextVar}.
 */
final class ContinuationCarrier implements Carrier {

  static final String ID = "continuation";

  /** Holds the handles apart, so that a JDK that hides them fails here and nowhere else. */
  private static final class Jdk {
    static final Object SCOPE;
    static final MethodHandle NEW;
    static final MethodHandle RUN;
    static final MethodHandle YIELD;
    static final MethodHandle STACK_TRACE;

    static {
      try {
        Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
        Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        SCOPE =
            lookup
                .findConstructor(scope, methodType(void.class, String.class))
                .invoke("myriad.server.async");
        NEW =
            lookup
                .findConstructor(continuation, methodType(void.class, scope, Runnable.class))
                .bindTo(SCOPE)
                .asType(methodType(Object.class, Runnable.class));
        RUN =
            lookup
                .findVirtual(continuation, "run", methodType(void.class))
                .asType(methodType(void.class, Object.class));
        YIELD =
            lookup
                .findStatic(continuation, "yield", methodType(boolean.class, scope))
                .bindTo(SCOPE);
        STACK_TRACE =
            lookup
                .findVirtual(continuation, "getStackTrace", methodType(StackTraceElement[].class))
                .asType(methodType(StackTraceElement[].class, Object.class));
      } catch (Throwable hidden) {
        throw new ExceptionInInitializerError(hidden);
      }
    }

    private Jdk() {}
  }

  /**
   * Suspends and resumes one continuation.
   *
   * @throws UnsupportedOperationException if this JVM does not let it, with the cause
   */
  ContinuationCarrier() {
    try {
      int[] reached = {0};
      Stack[] stack = new Stack[1];
      stack[0] =
          newStack(
              () -> {
                reached[0]++;
                stack[0].suspend();
                reached[0]++;
              });
      stack[0].resume();
      stack[0].resume();
      if (reached[0] != 2) {
        throw new UnsupportedOperationException("a continuation did not resume where it suspended");
      }
    } catch (LinkageError hidden) {
      Throwable cause = hidden.getCause() == null ? hidden : hidden.getCause();
      throw new UnsupportedOperationException(cause.getClass().getSimpleName(), cause);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Stack newStack(Runnable body) {
    return new ContinuationStack(body);
  }

  private static final class ContinuationStack implements Stack {
    private final Object continuation;

    ContinuationStack(Runnable body) {
      try {
        continuation = (Object) Jdk.NEW.invokeExact(body);
      } catch (Throwable failure) {
        throw rethrow(failure);
      }
    }

    @Override
    public void resume() {
      try {
        Jdk.RUN.invokeExact(continuation);
      } catch (Throwable failure) {
        throw rethrow(failure);
      }
    }

    @Override
    public void suspend() {
      try {
        boolean _ = (boolean) Jdk.YIELD.invokeExact();
      } catch (IllegalStateException pinned) {
        throw new IllegalStateException(
            "cannot suspend below a native frame, such as a static initialiser ("
                + pinned.getMessage()
                + "): await outside of it",
            pinned);
      } catch (Throwable failure) {
        throw rethrow(failure);
      }
    }

    @Override
    public StackTraceElement[] trace() {
      try {
        return (StackTraceElement[]) Jdk.STACK_TRACE.invokeExact(continuation);
      } catch (Throwable failure) {
        throw rethrow(failure);
      }
    }
  }

  /** The handles declare Throwable, while what they call throws nothing checked. */
  private static RuntimeException rethrow(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    throw new IllegalStateException(failure);
  }
}
