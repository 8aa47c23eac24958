/**
 * The load generator against a bare epoll client in C, with the same C server, on the same cores,
 * in turn: start with {@link myriad.loadgen.yardstick.BenchLoadgen}.
 */
@NullMarked
package myriad.loadgen.yardstick;

import org.jspecify.annotations.NullMarked;
