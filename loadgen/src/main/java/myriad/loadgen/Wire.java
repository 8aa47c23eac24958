package myriad.loadgen;

import io.netty.buffer.ByteBuf;

/**
 * The socket under one connection. Everything happens on its event loop, calls of the {@link
 * Listener} too.
 */
interface Wire {

  /** Begins to connect. The listener hears what becomes of it, at once if it fails at once. */
  void connect();

  /**
   * A buffer with room for {@code bytes} more, which belongs to the wire. What is appended to it is
   * to be handed to {@link #write} before anything else is done with any wire of the loop.
   */
  ByteBuf buffer(int bytes);

  /** Queues what was appended to {@link #buffer}; {@link #flush} sends it. */
  void write(ByteBuf filled);

  /** Sends what is queued, as far as the peer takes it now, and the rest when it does. */
  void flush();

  /** Closes the socket, if it is open. */
  void close();

  /** Hears what becomes of a wire. */
  interface Listener {

    /** It is connected, and the handshake of TLS done if there is one. Comes once, and first. */
    void connected();

    /**
     * It was connected, but no handshake came about; it is closed. Only {@link #ended} may follow.
     */
    void handshakeFailed(Throwable cause);

    /**
     * Bytes have arrived.
     *
     * @param in to be read now; it is the wire's again afterwards
     */
    void received(ByteBuf in);

    /** All that had arrived was given to {@link #received}. */
    void receivedAll();

    /** The peer has finished sending, or the wire was closed from here. Comes last. */
    void ended();

    /** It failed, or could not be connected, and is closed. Only {@link #ended} may follow. */
    void failed(Throwable cause);
  }
}
