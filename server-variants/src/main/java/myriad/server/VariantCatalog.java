package myriad.server;

import java.util.List;
import java.util.Optional;
import myriad.server.variants.AsyncTasks;
import myriad.server.variants.BusyPoll;
import myriad.server.variants.Epoll;
import myriad.server.variants.IoUring;
import myriad.server.variants.Nio2Completion;
import myriad.server.variants.NioSelector;
import myriad.server.variants.Prefork;
import myriad.server.variants.Sequential;
import myriad.server.variants.ThreadPerConnection;
import myriad.server.variants.ThreadPool;
import myriad.server.variants.VirtualThreads;

/** Every variant there is, one line each, in the order in which they are listed and run. */
public final class VariantCatalog {

  private static final List<ServerVariant> ALL =
      List.of(
          new Sequential(),
          new Prefork(),
          new ThreadPerConnection(),
          new ThreadPool(),
          new BusyPoll(),
          new NioSelector(),
          new Nio2Completion(),
          new Epoll(),
          new IoUring(),
          new VirtualThreads(),
          new AsyncTasks());

  private VariantCatalog() {}

  public static List<ServerVariant> all() {
    return ALL;
  }

  public static Optional<ServerVariant> find(String id) {
    return ALL.stream().filter(variant -> variant.id().equals(id)).findFirst();
  }
}
