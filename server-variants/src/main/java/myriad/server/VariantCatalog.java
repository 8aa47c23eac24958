package myriad.server;

import java.util.List;
import java.util.Optional;

/** Every variant there is, one line each, in the order in which they are listed and run. */
public final class VariantCatalog {

  private static final List<ServerVariant> ALL = List.of();

  private VariantCatalog() {}

  public static List<ServerVariant> all() {
    return ALL;
  }

  public static Optional<ServerVariant> find(String id) {
    return ALL.stream().filter(variant -> variant.id().equals(id)).findFirst();
  }
}
