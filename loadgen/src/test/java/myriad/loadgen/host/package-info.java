@NullMarked
package myriad.loadgen.host;

import org.jspecify.annotations.NullMarked;
