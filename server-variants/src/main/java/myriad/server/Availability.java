package myriad.server;

/** Whether a variant can run on this host, found by trying. Absence is data, never a substitute. */
public sealed interface Availability {

  /**
   * The variant runs here.
   *
   * @param detail what was found, such as the carrier of coroutines in use; may be empty
   */
  record Available(String detail) implements Availability {}

  /**
   * The variant does not run here.
   *
   * @param reason what is missing, in a few words
   * @param detail the cause as the host gave it
   * @param remedy what the user can do about it
   */
  record Unavailable(String reason, String detail, String remedy) implements Availability {}
}
