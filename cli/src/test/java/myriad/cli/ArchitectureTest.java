package myriad.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import myriad.server.ServerVariant;
import myriad.server.VariantCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may know which: servers and load meet on a TCP port, and nowhere in the code. */
class ArchitectureTest {

  private static final Map<String, List<String>> FORBIDDEN =
      Map.of(
          "myriad.server..", List.of("myriad.loadgen..", "myriad.results..", "myriad.cli.."),
          "myriad.loadgen..", List.of("myriad.server..", "myriad.cli.."),
          "myriad.results..", List.of("myriad.server..", "myriad.loadgen..", "myriad.cli.."));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("myriad");

  static Stream<Arguments> directions() {
    return FORBIDDEN.entrySet().stream()
        .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void modulesKnowOnlyThoseBelow(String module, List<String> forbidden) {
    noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden.toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void everyVariantIsInTheCatalog() {
    List<String> variants =
        CLASSES
            .that(DescribedPredicate.and(assignableTo(ServerVariant.class), isConcrete()))
            .stream()
            .map(JavaClass::getName)
            .toList();
    assertThat(variants).isNotEmpty();
    assertThat(VariantCatalog.all())
        .extracting(variant -> variant.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(variants);
  }

  private static DescribedPredicate<JavaClass> isConcrete() {
    return DescribedPredicate.describe(
        "concrete",
        type -> !type.getModifiers().contains(JavaModifier.ABSTRACT) && !type.isInterface());
  }
}
