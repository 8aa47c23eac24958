package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import myriad.results.RunHistograms;
import myriad.results.SweepResult.Status;
import myriad.results.Verdict;
import myriad.results.report.SweepRecorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of run directories that are there. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StoredRunsIT {

  @TempDir Path folder;

  private String stored() throws IOException {
    SweepRecorder recorder =
        SweepRecorder.create(
            folder.resolve("runs"),
            "bench",
            Instant.parse("2026-11-22T12:00:00Z"),
            List.of("myriad", "bench"),
            HostEnvironment.read());
    recorder.add(
        Runs.measured("epoll", 100, 100, Verdict.valid()), RunHistograms.none(), Instant.now());
    recorder.finish(Status.COMPLETE, Instant.now());
    return recorder.directory().path().toString();
  }

  @Test
  void comparesThemInATableAndAPage() throws Exception {
    Path page = folder.resolve("compare.html");
    try (MyriadProcess compare =
        MyriadProcess.myriad("compare", stored(), stored(), "-o", page.toString())) {
      assertThat(compare.exitCode()).describedAs("%s", compare.err()).isZero();
      assertThat(compare.out())
          .contains("epoll, 100 connections")
          .anyMatch(line -> line.matches(" +msgs/s +1k +1k +1\\.00"))
          .anyMatch(line -> line.startsWith("warning: rows with a single run"));
      assertThat(compare.err()).isEmpty();
    }
    assertThat(page).content().contains("<!doctype html>", "Comparison");
  }

  @Test
  void addsThemToAHistory() throws Exception {
    String run = stored();
    Path history = folder.resolve("history");
    try (MyriadProcess myriad =
        MyriadProcess.myriad("history", run, "-o", history.toString(), "--commit", "abc123")) {
      assertThat(myriad.exitCode()).describedAs("%s", myriad.err()).isZero();
      assertThat(myriad.out()).singleElement().asString().endsWith("epoll, 100 connections: added");
    }
    assertThat(Files.readAllLines(history.resolve("epoll-c100.csv")))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("2026-11-22 12:00:00 +0000,20261122-120000-bench,abc123,");
  }

  /** A run without checks has no such file in its directory. */
  @ParameterizedTest
  @CsvSource({"junit, <testsuites>", "markdown, | variant |", "csv, 'run_id,variant,'"})
  void makesAnyReportOfThem(String format, String part) throws Exception {
    try (MyriadProcess report = MyriadProcess.myriad("report", stored(), "--format", format)) {
      assertThat(report.exitCode()).describedAs("%s", report.err()).isZero();
      assertThat(report.err()).isEmpty();
      assertThat(String.join("\n", report.out())).contains(part).contains("epoll");
    }
  }

  @Test
  void opensTheReportInTheBrowserOfTheUser() throws Exception {
    Path opened = folder.resolve("opened");
    Path browser = script("browser", "echo \"$1\" > " + opened);
    String run = stored();
    try (MyriadProcess report = open(run, Map.of("BROWSER", browser.toString()))) {
      assertThat(report.exitCode()).describedAs("%s", report.err()).isZero();
    }
    assertThat(Files.readString(opened).strip()).isEqualTo(run + "/report.html");
  }

  @Test
  void aBrowserThatFailsIsSaidSo() throws Exception {
    Path browser = script("broken", "exit 4");
    try (MyriadProcess report = open(stored(), Map.of("BROWSER", browser.toString()))) {
      assertThat(report.exitCode()).as("%s", report.err()).isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(report.err())
          .singleElement()
          .asString()
          .contains("broken could not open it (exit code 4)", "report.html yourself");
    }
  }

  @Test
  void withoutABrowserTheFileIsNamed() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("readlink", "cmp")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
    }
    Map<String, String> environment =
        Map.of(
            "BROWSER", "", "PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home"));
    try (MyriadProcess report = open(stored(), environment)) {
      assertThat(report.exitCode())
          .describedAs("%s", report.err())
          .isEqualTo(ExitCode.HOST_LIMIT.number());
      assertThat(report.err())
          .singleElement()
          .asString()
          .contains("no browser to open it with", "report.html yourself");
    }
  }

  private static MyriadProcess open(String run, Map<String, String> environment) {
    ProcessBuilder command =
        new ProcessBuilder(MyriadProcess.launcher().toString(), "report", run, "--open");
    command.environment().putAll(environment);
    return MyriadProcess.start(command);
  }

  private Path script(String name, String line) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }
}
