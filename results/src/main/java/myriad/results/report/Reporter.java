package myriad.results.report;

import java.io.IOException;
import java.io.OutputStream;
import myriad.results.RecordedSweep;

/** Turns a sweep into one format. Implementations are stateless. */
public interface Reporter {

  /** What a user asks for it by, such as {@code csv}. */
  String format();

  /** Name of the file that holds it in a run directory. */
  String fileName();

  /**
   * Writes the report in UTF-8. The stream is flushed, and left open.
   *
   * @throws IOException if {@code out} fails, or histograms cannot be read
   */
  void write(RecordedSweep sweep, OutputStream out) throws IOException;
}
