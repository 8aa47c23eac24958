package myriad.server.async;

/**
 * Keeps the stack of a coroutine while it waits. A coroutine is plain blocking-style code, so
 * something has to take its frames off the loop's thread and put them back: that is a carrier.
 *
 * <p>Package-private mechanism; {@link CarrierChoice} says which one is in use and why.
 */
interface Carrier {

  /** The name by which {@link CarrierChoice#PROPERTY} asks for it. */
  String id();

  /** A stack that will run {@code body}, which must not throw. Nothing runs before a resume. */
  Stack newStack(Runnable body);

  /** The stack of one coroutine. {@code resume} and {@code suspend} alternate. */
  interface Stack {

    /**
     * Called by the loop's thread: runs the body until it suspends or ends, and returns then. Must
     * not be called again once the body has ended.
     */
    void resume();

    /**
     * Called by the body: gives control back to {@link #resume}'s caller, and returns when resumed.
     *
     * @throws IllegalStateException if a native frame below the caller cannot be taken off the
     *     thread; the body then simply goes on
     */
    void suspend();

    /** Where the suspended body stands, innermost frame first. */
    StackTraceElement[] trace();
  }
}
