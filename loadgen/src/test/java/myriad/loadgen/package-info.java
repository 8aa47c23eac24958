@NullMarked
package myriad.loadgen;

import org.jspecify.annotations.NullMarked;
