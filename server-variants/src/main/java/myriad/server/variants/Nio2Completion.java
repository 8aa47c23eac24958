package myriad.server.variants;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import myriad.server.Availability;
import myriad.server.RunningServer;
import myriad.server.ServerConfig;
import myriad.server.ServerCounters;
import myriad.server.ServerVariant;

/**
 * {@link java.nio.channels.AsynchronousSocketChannel} with completion handlers: the proactor. An
 * operation is begun with its buffer, and a handler is called when it is done; nobody asks for
 * readiness.
 *
 * <p><b>What blocks:</b> only the threads of the channel group, while no operation is done.
 *
 * <p><b>What wakes:</b> on Linux, epoll beneath the completion: a read registers the socket for one
 * event, at the price of one {@code epoll_ctl} a message, and the group reads when it fires. One
 * thread at a time polls, and shares out what it found. By default the JDK tries to read first; of
 * an echo that has just been sent there is nothing yet to read, and the try is a system call in
 * vain. Without it the server echoes a quarter more (PROFILE.md). A group of one thread gathers
 * messages and echoes them together: see {@link CompletionBatch}.
 *
 * <p><b>Who owns a connection:</b> no thread. Whichever thread of the group is free runs the next
 * handler; as only one operation of a connection is under way at any time, its handlers never run
 * at once.
 *
 * <p><b>What a connection costs:</b> a channel, and a buffer even when idle, since a read cannot
 * begin without one: see {@link CompletionEcho}.
 *
 * <p><b>Where it ends:</b> at the memory of the host. The gain of completions, that the kernel
 * fills the buffer while no thread is involved, is what {@code io_uring} has and this emulation has
 * not.
 */
public final class Nio2Completion implements ServerVariant {

  private static final int DEFAULT_THREADS = 1;

  /**
   * Whether a read only waits. The JDK looks once, when it makes its first asynchronous channel.
   */
  private static final String NO_READ_AT_ONCE = "sun.nio.ch.disableSynchronousRead";

  /**
   * How many handlers the JDK calls within another one, 16 by default; it looks once, too. A write
   * beyond waits until epoll has said that the socket takes it.
   */
  private static final String HANDLERS_WITHIN_ANOTHER = "sun.nio.ch.maxCompletionHandlersOnStack";

  static {
    setUnlessChosen(NO_READ_AT_ONCE, "true");
    setUnlessChosen(HANDLERS_WITHIN_ANOTHER, Integer.toString(CompletionBatch.MOST_MESSAGES));
  }

  private static void setUnlessChosen(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public String id() {
    return "nio2-completion";
  }

  @Override
  public String model() {
    return "JDK asynchronous channels, completion handlers on a group's threads";
  }

  @Override
  public String needs() {
    return "nothing beyond the JDK";
  }

  @Override
  public Availability probe(ServerConfig config) {
    int threads = config.threadsOr(DEFAULT_THREADS);
    return HostLimits.ofThisHost()
        .bear(new Demand("a group of " + threads + " threads", threads, 0), "");
  }

  @Override
  public RunningServer start(ServerConfig config) throws IOException {
    int count = config.threadsOr(DEFAULT_THREADS);
    requireRoomFor(count);
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(count, ThreadNames.factory(id(), "group"));
    try {
      return new Server(group, whenReceived(count, group), config, new ServerCounters());
    } catch (IOException | RuntimeException failure) {
      group.shutdownNow();
      Ending.await(group, StoppableServer.CUT_OFF_LIMIT);
      throw failure;
    }
  }

  /**
   * Starts as many threads, and ends them again. A channel group that gets some of its threads and
   * not the others leaves behind those that it got, and nobody can end them.
   */
  private void requireRoomFor(int threads) throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    Runnable idle = () -> Ending.await(end, Duration.ofDays(1));
    LoopThreads tried =
        LoopThreads.start(
            ThreadNames.prefix(id(), "group"), Collections.nCopies(threads, idle), end::countDown);
    end.countDown();
    tried.awaitEnd(StoppableServer.CUT_OFF_LIMIT);
  }

  /**
   * What to do with a message. Batches end by a task of the group, which it offers as an {@link
   * Executor} without saying so in its API; a JDK whose groups are none has its messages echoed one
   * by one, as where several threads share the connections.
   */
  private static Consumer<CompletionEcho> whenReceived(
      int threads, AsynchronousChannelGroup group) {
    if (threads == 1 && group instanceof Executor tasks) {
      return new CompletionBatch(tasks)::add;
    }
    return CompletionEcho::write;
  }

  private final class Server extends StoppableServer {

    private final AsynchronousChannelGroup group;
    private final AsynchronousServerSocketChannel listener;
    private final InetSocketAddress address;
    private final CompletionAcceptor acceptor;

    Server(
        AsynchronousChannelGroup group,
        Consumer<CompletionEcho> whenReceived,
        ServerConfig config,
        ServerCounters counters)
        throws IOException {
      super(counters);
      this.group = group;
      this.listener = AsynchronousServerSocketChannel.open(group);
      if (config.sharedPort()) {
        listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      listener.bind(config.bindAddress(), config.backlog());
      this.address = (InetSocketAddress) listener.getLocalAddress();
      this.acceptor =
          new CompletionAcceptor(
              listener,
              ThreadNames.of(id(), "accept-pause"),
              counters,
              connection ->
                  CompletionEcho.begin(
                      connection, config.bufferBytes(), counters, this::closeKind, whenReceived));
      acceptor.begin();
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    void stopListening() {
      Closing.quietly(listener);
      acceptor.awaitEnd(CUT_OFF_LIMIT);
    }

    @Override
    void cutOff() {
      try {
        group.shutdownNow();
      } catch (IOException failure) {
        throw new IllegalStateException("the channel group did not close", failure);
      }
      Ending.await(group, CUT_OFF_LIMIT);
    }
  }
}
