package myriad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** What the build wrote down: the version, and how a JVM of Myriad is started. */
final class BuildInfo {

  private BuildInfo() {}

  static String version() {
    return property("version");
  }

  /** Options of the JVM that the launcher and every child process are started with. */
  static List<String> jvmOptions() {
    return List.of(property("jvm.options").split(" "));
  }

  /** Further options of a JVM that serves, whoever starts it. */
  static List<String> serverJvmOptions() {
    return List.of(property("server.jvm.options").split(" "));
  }

  private static String property(String key) {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("build.properties has no " + key);
    }
    return value;
  }
}
