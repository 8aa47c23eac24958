import java.io.File;
import java.io.IOException;
import myriad.cli.Myriad;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes a manual page for each command, in the markup that Asciidoctor makes man pages of. */
final class ManualPages {

  private static final boolean[] QUIET = {};
  private static final boolean OVERWRITE = true;

  private ManualPages() {}

  public static void main(String[] args) throws IOException {
    int failed =
        ManPageGenerator.generateManPage(
            new File(args[0]), null, QUIET, OVERWRITE, Myriad.model().getCommandSpec());
    System.exit(failed);
  }
}
