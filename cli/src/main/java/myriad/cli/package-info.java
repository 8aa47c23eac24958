@NullMarked
package myriad.cli;

import org.jspecify.annotations.NullMarked;
