package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import myriad.server.variants.Sequential;
import org.junit.jupiter.api.Test;

class VariantCatalogTest {

  @Test
  void everyVariantIsListedOnce() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    Set<String> written =
        new ClassFileImporter()
            .importPackagesOf(ServerVariant.class, Sequential.class).stream()
                .filter(type -> type.isAssignableTo(ServerVariant.class))
                .filter(DescribedPredicate.not(JavaClass.Predicates.INTERFACES))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

    List<String> listed =
        VariantCatalog.all().stream().map(variant -> variant.getClass().getName()).toList();
    assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  void idsAreDistinctAndFound() {
    List<String> ids = VariantCatalog.all().stream().map(ServerVariant::id).toList();

    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9_-]+"));
    assertThat(ids).allSatisfy(id -> assertThat(VariantCatalog.find(id)).isPresent());
    assertThat(VariantCatalog.find("no-such-variant")).isEmpty();
  }

  /** A host may forbid io_uring, for one; then it says so. */
  @Test
  void everyVariantRunsHereOrSaysWhyNotAndWhatWouldHelp() {
    assertThat(VariantCatalog.all())
        .extracting(variant -> variant.probe(ServerConfig.loopback()))
        .allSatisfy(
            answer -> {
              if (answer instanceof Availability.Unavailable missing) {
                assertThat(missing.reason()).isNotBlank();
                assertThat(missing.remedy()).isNotBlank();
              }
            });
    assertThat(VariantCatalog.find("nio-selector").orElseThrow().probe(ServerConfig.loopback()))
        .isInstanceOf(Availability.Available.class);
  }
}
