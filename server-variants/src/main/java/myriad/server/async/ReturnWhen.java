package myriad.server.async;

/** When {@link Async#wait} has waited enough. */
public enum ReturnWhen {
  /** One is done, in whatever way. */
  FIRST_COMPLETED,
  /** One has failed, or all are done; a cancelled one does not count as failed. */
  FIRST_EXCEPTION,
  /** All are done. */
  ALL_COMPLETED
}
