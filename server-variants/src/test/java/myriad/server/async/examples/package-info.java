/**
 * Small programs that show one subject each. All have a {@code main}, and all are run by {@code
 * ExamplesTest}. In the order of learning: {@link myriad.server.async.examples.TwoSleepsAtOnce},
 * {@link myriad.server.async.examples.TasksAndFutures}, {@link
 * myriad.server.async.examples.DoneCallbacks}, {@link
 * myriad.server.async.examples.GatherAgainstWait}, {@link
 * myriad.server.async.examples.BlockingCode}, {@link myriad.server.async.examples.TenDownloads}.
 */
@NullMarked
package myriad.server.async.examples;

import org.jspecify.annotations.NullMarked;
