/**
 * What is made of a result. A {@link myriad.results.report.Reporter} turns a {@link
 * myriad.results.RecordedSweep} into one format; {@link myriad.results.report.Reporters} knows them
 * all by name. {@link myriad.results.report.SweepRecorder} keeps a run directory and its reports up
 * to date while a sweep goes on.
 */
@NullMarked
package myriad.results.report;

import org.jspecify.annotations.NullMarked;
