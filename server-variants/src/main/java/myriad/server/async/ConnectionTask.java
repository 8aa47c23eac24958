package myriad.server.async;

import org.jspecify.annotations.Nullable;

/** The task of one accepted connection. A class of its own, for it costs less than a callback. */
final class ConnectionTask extends Task<Void> {

  private final StreamServer server;
  private final StreamWriter writer;

  ConnectionTask(StreamServer server, EventLoop loop, Connection connection) {
    super(loop, new Served(server.handler(), connection), null, Context.empty());
    this.server = server;
    this.writer = connection.writer();
  }

  StreamServer server() {
    return server;
  }

  /** A handler that failed or was cancelled cannot be trusted to have closed its connection. */
  @Override
  void onEnd(@Nullable Throwable failure) {
    if (failure != null) {
      writer.close();
    }
    server.connectionEnded(this);
  }

  private record Served(Connection.Handler handler, Connection connection)
      implements Awaitable<Void> {
    @Override
    public Void await() throws Exception {
      handler.handle(connection.reader(), connection.writer());
      return Nulls.trusted(null);
    }
  }
}
