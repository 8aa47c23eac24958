/**
 * Interchangeable TCP echo servers, one a concurrency model.
 *
 * <p>Start with {@link myriad.server.ServerVariant}, the contract; {@link
 * myriad.server.VariantCatalog} lists who fulfils it. {@link myriad.server.ServerConfig} flows in,
 * {@link myriad.server.RunningServer} comes out, and what the server saw of its connections is read
 * from its {@link myriad.server.ServerCounters}. A server echoes bytes verbatim and knows nothing
 * of messages or of load.
 */
@NullMarked
package myriad.server;

import org.jspecify.annotations.NullMarked;
