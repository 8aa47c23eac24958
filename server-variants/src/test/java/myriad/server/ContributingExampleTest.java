package myriad.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import myriad.server.variants.NioSelector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server that CONTRIBUTING.md gives as an example of one that is added: taken out of the text,
 * compiled, and held to the contract that it says it passes.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContributingExampleTest {

  private static final Path TEXT = Path.of("..", "CONTRIBUTING.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("## Add a server.*?```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS_NAME = Pattern.compile("public final class (\\w+)");

  /** What the text says that it leaves out. */
  private static final String LEFT_OUT =
      """
      package myriad.server.variants;
      import java.io.*;
      import java.util.concurrent.*;
      import myriad.server.*;
      """;

  private static final ServerVariantContractTest CONTRACT = new ServerVariantContractTest();

  @TempDir private static Path folder;
  private static ServerVariant example;

  @BeforeAll
  static void compile() throws ReflectiveOperationException, IOException, URISyntaxException {
    String code = group(EXAMPLE, Files.readString(TEXT));
    String name = group(CLASS_NAME, code);
    Path source = Files.writeString(folder.resolve(name + ".java"), LEFT_OUT + code);
    compile(source);
    byte[] compiled =
        Files.readAllBytes(folder.resolve("myriad/server/variants/" + name + ".class"));
    // In the class loader of the servers, since it uses what only their package can see.
    example =
        (ServerVariant)
            MethodHandles.privateLookupIn(NioSelector.class, MethodHandles.lookup())
                .defineClass(compiled)
                .getConstructor()
                .newInstance();
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {1, 64, 16 * 1024 + 1, 1024 * 1024})
  void echoesByteForByte(int bytes) throws IOException {
    CONTRACT.echoesMessagesOfAnySizeByteForByte(example, bytes);
  }

  @Test
  void echoesWhatIsLeftAfterHalfCloseThenCloses() throws IOException {
    CONTRACT.echoesWhatIsLeftAfterHalfCloseThenCloses(example);
  }

  @Test
  void isNamedAsTheTextNamesItsLineInTheCatalog() throws IOException {
    assertThat(Files.readString(TEXT))
        .contains("`new " + example.getClass().getSimpleName() + "(),` in the catalog");
  }

  private static void compile(Path source) throws IOException, URISyntaxException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  messages,
                  files,
                  null,
                  List.of("-proc:none", "-d", folder.toString(), "-cp", classPath()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as("compiles:\n%s", messages).isTrue();
    }
  }

  private static String classPath() throws URISyntaxException {
    Path servers =
        Path.of(
            Objects.requireNonNull(ServerVariant.class.getProtectionDomain().getCodeSource())
                .getLocation()
                .toURI());
    return servers + File.pathSeparator + System.getProperty("java.class.path");
  }

  private static String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in the text", pattern).isTrue();
    return matcher.group(1);
  }
}
