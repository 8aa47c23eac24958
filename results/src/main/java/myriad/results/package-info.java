/**
 * What happened, as data. A {@link myriad.results.SweepResult} is everything one command measured:
 * one {@link myriad.results.RunResult} a run, the {@link myriad.results.Environment} it ran in, and
 * how to run it again. {@link myriad.results.RunDirectory} keeps it on disk; everything that reads
 * it (reports, gates) works from those files alone, on another machine, months later.
 */
@NullMarked
package myriad.results;

import org.jspecify.annotations.NullMarked;
