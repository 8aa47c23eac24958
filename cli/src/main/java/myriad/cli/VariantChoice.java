package myriad.cli;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import myriad.loadgen.host.HostLimits;
import myriad.server.Availability.Unavailable;
import myriad.server.ServerConfig;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;

/** Variants by the names a user typed. */
final class VariantChoice {

  /** Edits between two names beyond which one is not offered for the other. */
  private static final int SIMILAR_EDITS = 4;

  private VariantChoice() {}

  /** All names, for the completion of a command line. */
  static final class Ids implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return VariantCatalog.all().stream().map(ServerVariant::id).iterator();
    }
  }

  /** The variant called {@code id}, or an error that lists those there are. */
  static ServerVariant named(String id) {
    return VariantCatalog.find(id)
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "there is no variant '%s'%s Variants: %s"
                        .formatted(id, suggestion(id), ids())));
  }

  /** Likewise, or an error if it cannot run here with every option at its default. */
  static ServerVariant runnable(String id) {
    ServerVariant variant = named(id);
    requireRunnable(variant, ServerConfig.loopback());
    return variant;
  }

  /** Refuses to go on if {@code variant} cannot run here as {@code config} asks. */
  static void requireRunnable(ServerVariant variant, ServerConfig config) {
    if (variant.probe(config) instanceof Unavailable unavailable) {
      throw new CommandException(
          ExitCode.HOST_LIMIT,
          "%s cannot run here: %s".formatted(variant.id(), explain(unavailable)));
    }
  }

  /** Refuses to go on if one of the variants {@code ids} cannot run here. */
  static void requireRunnable(List<String> ids) {
    ids.forEach(VariantChoice::runnable);
  }

  /** Refuses a number of threads that {@code variant} would ignore. */
  static void requireThreadsOf(ServerVariant variant, int threads) {
    if (variant.fixesItsThreads() && threads != ServerConfig.VARIANT_DEFAULT) {
      throw new CommandException(
          ExitCode.USAGE,
          "--threads is %,d; %s has as many threads as its model says: leave --threads out"
              .formatted(threads, variant.id()));
    }
  }

  /** The kernel cuts a longer one in silence. */
  static void tellCutBacklog(int backlog) {
    OptionalLong most = new HostLimits().longestListenQueue();
    if (most.orElse(Long.MAX_VALUE) < backlog) {
      System.err.println(
          WrappedText.forStandardError(
              "myriad: --backlog is %,d; this host holds %,d: raise net.core.somaxconn"
                  .formatted(backlog, most.getAsLong())));
    }
  }

  /** In one line, why a variant does not run here and what would help. */
  static String explain(Unavailable unavailable) {
    String detail = unavailable.detail().isBlank() ? "" : " (" + unavailable.detail() + ")";
    return "%s%s; %s".formatted(unavailable.reason(), detail, unavailable.remedy());
  }

  private static String ids() {
    return VariantCatalog.all().stream().map(ServerVariant::id).collect(Collectors.joining(", "));
  }

  private static String suggestion(String id) {
    List<String> similar =
        VariantCatalog.all().stream()
            .map(ServerVariant::id)
            .filter(known -> EditDistance.between(id, known) <= SIMILAR_EDITS)
            .sorted(Comparator.comparingInt(known -> EditDistance.between(id, known)))
            .toList();
    return similar.isEmpty() ? "." : "; did you mean '%s'?".formatted(similar.getFirst());
  }
}
