package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import myriad.results.RecordedSweep;
import myriad.results.RunDirectory;
import myriad.results.RunJson;

/** The result itself, as the shipped schema describes it. */
public final class JsonReporter implements Reporter {

  @Override
  public String format() {
    return "json";
  }

  @Override
  public String fileName() {
    return RunDirectory.RESULT_FILE;
  }

  @Override
  public void write(RecordedSweep sweep, OutputStream out) throws IOException {
    out.write(RunJson.write(sweep.result()));
    out.write('\n');
    out.flush();
  }
}
