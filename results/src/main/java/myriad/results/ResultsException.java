package myriad.results;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A run directory could not be written or read. The message is one line for the user: which path,
 * why, and what to do.
 */
public final class ResultsException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, as a caller tells exit codes apart. */
  public enum Problem {
    /** The place cannot be written to: the user named a wrong one. */
    UNWRITABLE,
    /** The host has no room left. */
    NO_SPACE,
    /** What is there is not a run directory that can be read. */
    UNREADABLE
  }

  private final Problem problem;
  private final String finding;

  private ResultsException(Problem problem, String finding, String advice, Throwable cause) {
    super(finding + advice, cause);
    this.problem = problem;
    this.finding = finding;
  }

  public Problem problem() {
    return problem;
  }

  /** The message without what to do, which is not the same for every command. */
  public String finding() {
    return finding;
  }

  /** A file or folder could not be written, for the reason in {@code cause}. */
  public static ResultsException writing(Path path, IOException cause) {
    String reason = reason(cause);
    if (isFull(reason)) {
      return new ResultsException(
          Problem.NO_SPACE,
          "cannot write %s: %s".formatted(path, reason),
          "; free some space or choose another folder with --out",
          cause);
    }
    return new ResultsException(
        Problem.UNWRITABLE,
        "cannot write %s: %s".formatted(path, reason),
        "; choose a folder that you may write to with --out",
        cause);
  }

  /**
   * A file is not what it should be.
   *
   * @param reason in words; one line is made of it
   */
  public static ResultsException reading(Path path, String reason, Throwable cause) {
    return new ResultsException(
        Problem.UNREADABLE, "cannot read %s: %s".formatted(path, OneLine.of(reason)), "", cause);
  }

  /** A file or folder could not be read, for the reason in {@code cause}. */
  public static ResultsException reading(Path path, IOException cause) {
    return reading(path, reason(cause), cause);
  }

  private static String reason(IOException cause) {
    return OneLine.of(
        switch (cause) {
          case AccessDeniedException _ -> "permission denied";
          case FileAlreadyExistsException _ -> "a file of that name is in the way";
          case NoSuchFileException _ -> "no such file or folder";
          case NotDirectoryException _ -> "not a folder";
          case FileSystemException e when e.getReason() != null -> e.getReason();
          default ->
              cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        });
  }

  private static boolean isFull(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }
}
