package myriad.loadgen;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** The client's side of TLS for the connections of one event loop, by the JDK's own engine. */
final class TlsHandshakes {

  private final Tls tls;
  private final SslContext context;
  private final long timeoutMillis;

  /**
   * Prepares handshakes.
   *
   * @param timeoutMillis after which one has failed
   */
  TlsHandshakes(Tls tls, long timeoutMillis) {
    this.tls = tls;
    this.timeoutMillis = timeoutMillis;
    this.context = context(tls);
  }

  /** What encrypts one connection to {@code target}; it begins with the handshake by itself. */
  SslHandler newHandler(ByteBufAllocator allocator, SocketAddress target) {
    SslHandler handler =
        target instanceof InetSocketAddress inet
            ? context.newHandler(allocator, tls.name().orElse(inet.getHostString()), inet.getPort())
            : tls.name()
                .map(name -> context.newHandler(allocator, name, 0))
                .orElseGet(() -> context.newHandler(allocator));
    handler.setHandshakeTimeoutMillis(timeoutMillis);
    return handler;
  }

  private static SslContext context(Tls tls) {
    SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
    if (!tls.verify()) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null);
    } else if (!tls.authorities().isEmpty()) {
      builder.trustManager(tls.authorities().toArray(X509Certificate[]::new));
    }
    try {
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }
}
