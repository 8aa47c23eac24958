/**
 * Every variant against a bare epoll server in C, with the same client, on the same cores, in turn:
 * start with {@link myriad.server.yardstick.BenchServers}.
 */
@NullMarked
package myriad.server.yardstick;

import org.jspecify.annotations.NullMarked;
