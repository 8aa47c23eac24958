/**
 * The async task runtime: asyncio's model for Java, on nothing but the JDK. One thread runs many
 * coroutines, one at a time; each gives way only where it awaits, so what lies between two awaits
 * needs no lock.
 *
 * {@snippet :
 * Async.run(() -> {
 *   Task<String> a = createTask(() -> { sleep(Duration.ofMillis(20)); return "a"; });
 *   Task<String> b = createTask(() -> { sleep(Duration.ofMillis(10)); return "b"; });
 *   System.out.println(await(gather(a, b)));   // [a, b], after 20 ms
 * });
 * }
 *
 * <h2>Where to begin</h2>
 *
 * Read {@link myriad.server.async.EventLoop}: a turn waits for channels and timers while nothing is
 * ready, then runs what is. Then {@link myriad.server.async.Future}, whose callbacks the loop runs,
 * and {@link myriad.server.async.Task}, which is nothing but a future and a callback that resumes a
 * coroutine until it suspends. {@link myriad.server.async.Async} has the functions that programs
 * import; everything else is built from these with a page each.
 *
 * <h2>asyncio's notions, and where they are</h2>
 *
 * <table>
 * <caption>The semantics are those of CPython; tests run the same programs in both. Where 3.11 has
 * a fault that a newer one mended, the newer is followed: 3.13's task groups and {@code uncancel}.
 * </caption>
 * <tr><th>asyncio</th><th>here</th></tr>
 * <tr><td>{@code asyncio.run}</td><td>{@link myriad.server.async.Async#run}</td></tr>
 * <tr><td>{@code async def}, awaitable</td><td>a lambda in blocking style; {@link
 *     myriad.server.async.Awaitable}, {@link myriad.server.async.Action}</td></tr>
 * <tr><td>{@code await}</td><td>{@link myriad.server.async.Async#await}</td></tr>
 * <tr><td>event loop, {@code call_soon}, {@code call_later}, {@code call_at}, {@code
 *     call_soon_threadsafe}, {@code run_until_complete}, {@code run_forever}, {@code stop}</td><td>
 *     {@link myriad.server.async.EventLoop}</td></tr>
 * <tr><td>{@code Handle}, {@code TimerHandle}</td><td>{@link myriad.server.async.Handle}, {@link
 *     myriad.server.async.TimerHandle}</td></tr>
 * <tr><td>{@code Future}, done callbacks</td><td>{@link myriad.server.async.Future}</td></tr>
 * <tr><td>{@code Task}, {@code cancel}, {@code uncancel}, {@code cancelling}</td><td>{@link
 *     myriad.server.async.Task}</td></tr>
 * <tr><td>{@code create_task}, {@code ensure_future}, {@code current_task}, {@code all_tasks}</td>
 *     <td>{@link myriad.server.async.Async}</td></tr>
 * <tr><td>{@code run_coroutine_threadsafe}</td><td>{@link
 *     myriad.server.async.EventLoop#submit}</td></tr>
 * <tr><td>{@code sleep}</td><td>{@link myriad.server.async.Async#sleep}</td></tr>
 * <tr><td>{@code gather}, {@code return_exceptions=True}</td><td>{@link
 *     myriad.server.async.Async#gather(java.util.Collection)}, {@link
 *     myriad.server.async.Async#gatherOutcomes(java.util.Collection)}</td></tr>
 * <tr><td>{@code wait}</td><td>{@link myriad.server.async.Async#wait(java.util.Collection)}, {@link
 *     myriad.server.async.ReturnWhen}</td></tr>
 * <tr><td>{@code as_completed}</td><td>{@link
 *     myriad.server.async.Async#asCompleted(java.util.Collection)}</td></tr>
 * <tr><td>{@code wait_for}, {@code timeout}</td><td>{@link myriad.server.async.Async#waitFor},
 *     {@link myriad.server.async.Timeout}</td></tr>
 * <tr><td>{@code shield}</td><td>{@link myriad.server.async.Async#shield}</td></tr>
 * <tr><td>{@code TaskGroup}, {@code ExceptionGroup}</td><td>{@link
 *     myriad.server.async.TaskGroup}, {@link myriad.server.async.ExceptionGroup}</td></tr>
 * <tr><td>{@code run_in_executor}</td><td>{@link myriad.server.async.Async#runInExecutor}</td></tr>
 * <tr><td>{@code Lock}, {@code Event}, {@code Semaphore}, {@code BoundedSemaphore}, {@code
 *     Queue}</td><td>{@link myriad.server.async.Lock}, {@link myriad.server.async.Event}, {@link
 *     myriad.server.async.Semaphore}, {@link myriad.server.async.Queue}</td></tr>
 * <tr><td>{@code Queue.shutdown}, {@code QueueShutDown}</td><td>{@link
 *     myriad.server.async.Queue#shutDown}, {@link
 *     myriad.server.async.QueueShutDownException}</td></tr>
 * <tr><td>{@code start_server}, {@code open_connection}</td><td>{@link
 *     myriad.server.async.Streams}</td></tr>
 * <tr><td>{@code StreamReader}, {@code StreamWriter}</td><td>{@link
 *     myriad.server.async.StreamReader}, {@link myriad.server.async.StreamWriter}</td></tr>
 * <tr><td>{@code BufferedProtocol}: no copy</td><td>{@link
 *     myriad.server.async.StreamReader#readShared}, {@link
 *     myriad.server.async.StreamWriter#write(java.nio.ByteBuffer)}</td></tr>
 * <tr><td>{@code contextvars}</td><td>{@link myriad.server.async.ContextVar}, {@link
 *     myriad.server.async.Context}</td></tr>
 * <tr><td>debug mode, exception handler</td><td>{@link myriad.server.async.EventLoop#setDebug},
 *     {@link myriad.server.async.EventLoop#setExceptionHandler}, {@link
 *     myriad.server.async.EventLoop#dumpTasks}</td></tr>
 * <tr><td>{@code CancelledError}</td><td>{@link myriad.server.async.CancelledError}</td></tr>
 * </table>
 *
 * <h2>What is decided otherwise</h2>
 *
 * <ul>
 *   <li>Exceptions arrive at an await as they were thrown, never wrapped; so {@code await} declares
 *       {@code Exception}. A cancellation is an {@link java.lang.Error}, for {@code catch
 *       (Exception e)} must not swallow it.
 *   <li>Python's {@code async with} is a lambda here ({@link myriad.server.async.TaskGroup#run},
 *       {@link myriad.server.async.Timeout#call}) where the end must know how the body ended, and
 *       try-with-resources where it need not ({@link myriad.server.async.Lock#hold}).
 *   <li>A lambda that is given twice is two coroutines; asyncio's coroutine objects are one. {@link
 *       myriad.server.async.Async#coroutine} makes one that is.
 *   <li>A cancellation keeps its message wherever it is passed on. asyncio drops it in a shield, in
 *       the results of a gather, and where a task is awaited a second time.
 *   <li>A loop keeps its tasks: one that nobody refers to is not collected while it waits.
 *   <li>A stream receives only when somebody reads. asyncio receives ahead, into a buffer a
 *       connection.
 *   <li>Writing to a connection that was closed on this side is refused. asyncio drops the bytes in
 *       silence, and leaves it to {@code drain} to tell.
 *   <li>Timers that are due at the same time run in the order of their making; asyncio leaves that
 *       open.
 * </ul>
 *
 * <h2>Carriers</h2>
 *
 * What keeps a coroutine's stack while it waits is a carrier; {@link
 * myriad.server.async.CarrierChoice#inUse} tells which one is in use, and why.
 *
 * <table>
 * <caption>Measured on two cores of Linux 6.18, JDK 25.0.3, Serial GC, compact headers</caption>
 * <tr><th></th><th>JDK continuation: the default</th><th>virtual thread scheduled by the loop: not
 *     taken</th><th>plain virtual thread: the fallback</th></tr>
 * <tr><td>needs</td><td>{@code --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED}</td><td>{@code
 *     --add-opens=java.base/java.lang=ALL-UNNAMED}</td><td>nothing</td></tr>
 * <tr><td>one resume and suspend, alone</td><td>106 to 160 ns</td><td>144 to 210 ns</td><td></td>
 *     </tr>
 * <tr><td>a switch between two tasks</td><td>91 to 150 ns of CPU</td><td>205 to 210 ns of
 *     CPU</td><td>11,000 to 33,000 ns</td></tr>
 * <tr><td>heap of a suspended task and its future</td><td>468 bytes</td><td>1,086 bytes</td><td>
 *     1,219 bytes</td></tr>
 * <tr><td>await below a native frame, such as a static initialiser</td><td>refused with an
 *     exception</td><td colspan="2">holds the loop's thread, for ever if another task has to
 *     help</td></tr>
 * <tr><td>await inside {@code synchronized}</td><td colspan="3">stops the loop once another task
 *     enters the same monitor; refused in debug mode on the default carrier. Use {@link
 *     myriad.server.async.Lock}</td></tr>
 * <tr><td>code that blocks</td><td>holds the loop up, as in asyncio</td><td>lets other tasks run
 *     between two awaits, unlike asyncio</td><td>holds the loop up, as in asyncio</td></tr>
 * <tr><td>thread locals, {@code ScopedValue}</td><td>shared by all tasks of a loop; use {@link
 *     myriad.server.async.ContextVar}</td><td colspan="2">a task's own</td></tr>
 * <tr><td>stack trace of a running task</td><td>with the loop's frames below</td><td
 *     colspan="2">the task's frames only</td></tr>
 * <tr><td>debugger</td><td>breakpoints and variables work; a step over an await is lost: set a
 *     breakpoint behind it</td><td colspan="2">steps over an await</td></tr>
 * </table>
 *
 * Each figure comes from {@code src/jmh/java}, which {@code make jmh} compiles:
 *
 * <pre>
 * make jmh MODULE=server-variants ARGS=StackSwitchBenchmark     # alone
 * make jmh MODULE=server-variants ARGS=TaskSwitchBenchmark      # between tasks, in wall time
 *
 * options='--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED
 *   -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xmx1g
 *   -cp server-variants/target/test-classes:server-variants/target/classes'
 * java $options myriad.server.async.TaskSwitchCpuTime CONTINUATION 1000
 * java $options myriad.server.async.SuspendedTaskMemory CONTINUATION
 * </pre>
 *
 * The others are {@code LOOP_SCHEDULED} and {@code VIRTUAL_THREAD}. CPU time is given because the
 * machine was shared; it counts the loop's thread only, so the fallback's is wall time. A stack
 * that was suspended before the compiler had seen its code is kept with interpreter frames, and
 * takes two to three times as much until it is suspended again.
 */
@NullMarked
package myriad.server.async;

import org.jspecify.annotations.NullMarked;
