/** Behaviours of the task runtime, each on every carrier, most of them in virtual time. */
@NullMarked
package myriad.server.async;

import org.jspecify.annotations.NullMarked;
