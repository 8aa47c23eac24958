package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LauncherIT {

  private static final String TOOLS_ONLY_PATH = "/nowhere";

  @TempDir Path folder;

  @Test
  void versionIsOneLine() throws Exception {
    try (MyriadProcess myriad = MyriadProcess.myriad("--version")) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(myriad.out()).containsExactly("myriad " + BuildInfo.version());
      assertThat(myriad.err()).isEmpty();
    }
  }

  @Test
  void helpListsWhatThereIs() throws Exception {
    try (MyriadProcess myriad = MyriadProcess.myriad("--help")) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(String.join("\n", myriad.out()))
          .contains("bench", "serve", "load", "variants", "report", "130");
    }
  }

  /** What the launcher gives the JVM lets the task runtime have the better one. */
  @Test
  void variantsSaysWhichCarrierOfCoroutinesIsInUse() throws Exception {
    try (MyriadProcess myriad = MyriadProcess.myriad("variants")) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(myriad.out())
          .anyMatch(line -> line.matches("async-tasks .*yes, carrier continuation: .*"));
    }
  }

  @Test
  void variantsSaysWhatToDoAboutACarrierThatCannotBeHad() throws Exception {
    ProcessBuilder command = new ProcessBuilder(MyriadProcess.launcher().toString(), "variants");
    command.environment().put("MYRIAD_JAVA_OPTS", "-Dmyriad.async.carrier=xyz");
    try (MyriadProcess myriad = MyriadProcess.start(command)) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(String.join("\n", myriad.out()))
          .contains("no, no carrier of coroutines")
          .contains("myriad.async.carrier is 'xyz'; it takes continuation or virtual-thread")
          .contains("leave the system property myriad.async.carrier out");
    }
  }

  /** What is resident is what connections hold, and not what a roomy heap has not collected yet. */
  @Test
  void aLoadGetsAHeapThatBeginsSmall() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(MyriadProcess.launcher().toString(), "load", "--help");
    command.environment().put("MYRIAD_JAVA_OPTS", "-XX:+PrintCommandLineFlags");
    try (MyriadProcess myriad = MyriadProcess.start(command)) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(myriad.out()).anyMatch(line -> line.contains("-XX:InitialHeapSize=16777216"));
    }
  }

  /** With this mode the JVM refuses to start where the cache that the build made does not fit. */
  @Test
  void startsFromTheCacheOfTheBuild() throws Exception {
    ProcessBuilder command = new ProcessBuilder(MyriadProcess.launcher().toString(), "--version");
    command.environment().put("MYRIAD_JAVA_OPTS", "-XX:AOTMode=on");
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try (MyriadProcess myriad = MyriadProcess.start(command)) {
      assertThat(myriad.exitCode()).describedAs("%s", myriad.err()).isZero();
    }
  }

  @Test
  void startsWithoutAWordWhereTheCacheDoesNotFit() throws Exception {
    for (String file : List.of("myriad", "find-jdk", "myriad.jar")) {
      Files.copy(MyriadProcess.launcher().resolveSibling(file), folder.resolve(file));
      Files.setPosixFilePermissions(
          folder.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.createDirectory(folder.resolve("myriad.aot.jdk"));
    Files.copy(
        Path.of(System.getProperty("java.home"), "release"),
        folder.resolve("myriad.aot.jdk/release"));
    Files.writeString(folder.resolve("myriad.aot"), "not a cache");
    try (MyriadProcess myriad =
        MyriadProcess.start(List.of(folder.resolve("myriad").toString(), "--version"))) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(myriad.out()).containsExactly("myriad " + BuildInfo.version());
      assertThat(myriad.err()).isEmpty();
    }
  }

  @Test
  void withoutASuitableJdkSaysWhatToInstall() throws Exception {
    Path old = jdk("old", "17.0.15");
    try (MyriadProcess myriad = findJdk(old, folder)) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(myriad.out()).isEmpty();
      assertThat(myriad.err()).singleElement().asString().contains("JDK 25", "openjdk-25-jdk");
    }
  }

  @Test
  void takesTheNewestOfTheInstalledOnes() throws Exception {
    jdk("a", "25.0.3");
    Path newest = jdk("b", "26-ea");
    jdk("c", "17.0.15");
    try (MyriadProcess myriad = findJdk(folder.resolve("c"), folder)) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(myriad.out()).containsExactly(newest.toString());
    }
  }

  @Test
  void javaHomeGoesFirst() throws Exception {
    Path chosen = jdk("a", "25.0.3");
    jdk("b", "26.0.1");
    try (MyriadProcess myriad = findJdk(chosen, folder)) {
      assertThat(myriad.exitCode()).as("%s", myriad.err()).isZero();
      assertThat(myriad.out()).containsExactly(chosen.toString());
    }
  }

  private MyriadProcess findJdk(Path javaHome, Path jvmFolder) {
    ProcessBuilder command =
        new ProcessBuilder(
            "/bin/sh", MyriadProcess.launcher().resolveSibling("find-jdk").toString());
    Map<String, String> environment = command.environment();
    environment.put("JAVA_HOME", javaHome.toString());
    environment.put("MYRIAD_JVM_DIR", jvmFolder.toString());
    environment.put("PATH", TOOLS_ONLY_PATH);
    return MyriadProcess.start(command);
  }

  /** What tells the version of a JDK, and nothing that runs. */
  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectory(folder.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Path java = Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("java"));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    return home;
  }
}
