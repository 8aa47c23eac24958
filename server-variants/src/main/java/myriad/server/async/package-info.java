/** Stub for the first compile. */
@NullMarked
package myriad.server.async;

import org.jspecify.annotations.NullMarked;
