/**
 * The variants, one file each. The Javadoc of each teaches its model: what blocks, what wakes, who
 * owns a connection, what a connection costs, and where the model ends.
 */
@NullMarked
package myriad.server.variants;

import org.jspecify.annotations.NullMarked;
