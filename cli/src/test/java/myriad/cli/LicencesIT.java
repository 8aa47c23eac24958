package myriad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one jar is a copy of its dependencies, and brings what they ask to go with every copy. */
class LicencesIT {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "licences/myriad/LICENSE",
        "licences/HdrHistogram/LICENSE.txt",
        "licences/commons-csv/NOTICE.txt",
        "licences/commons-statistics-distribution/NOTICE",
        "licences/hipparchus-core/NOTICE.txt",
        "licences/jackson-core/NOTICE",
        "echarts/LICENSE",
        "echarts/NOTICE",
        "echarts/licenses/LICENSE-d3",
        "zrender/LICENSE",
        "tslib/LICENSE.txt"
      })
  void areInTheJar(String name) throws Exception {
    try (JarFile jar =
        new JarFile(MyriadProcess.launcher().resolveSibling("myriad.jar").toFile())) {
      assertThat(jar.getEntry("META-INF/" + name)).isNotNull();
    }
  }
}
