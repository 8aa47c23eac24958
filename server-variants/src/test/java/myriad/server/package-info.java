/** One contract for every variant: see {@link myriad.server.ServerVariantContractTest}. */
@NullMarked
package myriad.server;

import org.jspecify.annotations.NullMarked;
