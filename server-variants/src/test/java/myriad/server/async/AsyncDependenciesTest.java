package myriad.server.async;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The runtime is a library of its own: its package could be taken out as it is. */
class AsyncDependenciesTest {

  private static final JavaClasses RUNTIME =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("myriad.server.async");

  @Test
  void theRuntimeNeedsNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage("myriad.server.async..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "myriad.server.async..", "java..", "jdk.internal.vm", "org.jspecify.annotations")
        .check(RUNTIME);
  }
}
