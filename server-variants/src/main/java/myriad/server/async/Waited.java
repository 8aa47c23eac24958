package myriad.server.async;

import java.util.Set;

/**
 * Where futures stood when {@link Async#wait} returned; each set in the order of the arguments.
 *
 * @param done those that are done
 * @param pending those that are not
 */
public record Waited<T>(Set<Future<? extends T>> done, Set<Future<? extends T>> pending) {}
