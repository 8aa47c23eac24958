/**
 * The command line: options flow in, run directories, a table and an exit code come out.
 *
 * <p>{@link myriad.cli.Myriad} parses the command line and runs one command class. {@code
 * BenchCommand} turns its options into planned runs, {@code VariantRun} carries out each of them
 * against a {@code ServerProcess}, and {@code RunOutput} keeps and shows what was measured. Every
 * exception becomes an {@link myriad.cli.ExitCode} and a message in {@code ErrorReport}.
 */
@NullMarked
package myriad.cli;

import org.jspecify.annotations.NullMarked;
