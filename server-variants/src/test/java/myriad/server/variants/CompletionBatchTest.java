package myriad.server.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import myriad.server.CloseKind;
import myriad.server.ServerCounters;
import org.junit.jupiter.api.Test;

/** When what was received on the connections of a channel group is echoed. */
class CompletionBatchTest {

  private static final int MESSAGE_BYTES = 64;

  private final Queue<Runnable> groupTasks = new ArrayDeque<>();
  private final CompletionBatch batch = new CompletionBatch(groupTasks::add);
  private final ServerCounters counters = new ServerCounters();

  @Test
  void echoesAllWhenTheGroupHasHandledWhatItFound() {
    List<ImmediateCompletions> connections = connections(3);

    connections.forEach(ImmediateCompletions::arrive);
    assertThat(connections).as("while others may arrive").allMatch(c -> c.bytesWritten() == 0);
    runGroupTasks();

    assertThat(connections).allMatch(c -> c.bytesWritten() == MESSAGE_BYTES);
    assertThat(connections).allMatch(ImmediateCompletions::hasPendingRead);
  }

  @Test
  void echoesAtOnceWhenItIsFullAndTheRestWithTheNextBatch() {
    List<ImmediateCompletions> connections = connections(CompletionBatch.MOST_MESSAGES + 1);

    connections.forEach(ImmediateCompletions::arrive);
    assertThat(connections)
        .filteredOn(c -> c.bytesWritten() > 0)
        .hasSize(CompletionBatch.MOST_MESSAGES);
    runGroupTasks();

    assertThat(connections).allMatch(c -> c.bytesWritten() == MESSAGE_BYTES);
  }

  @Test
  void echoesMessagesOfWhichTheReadIsDoneAtOnce() {
    List<ImmediateCompletions> connections = connections(CompletionBatch.MOST_MESSAGES);
    for (ImmediateCompletions connection : connections) {
      connection.arriveEarly();
      connection.arriveEarly();
    }

    connections.forEach(ImmediateCompletions::arrive);
    runGroupTasks();

    assertThat(connections).allMatch(c -> c.bytesWritten() == 3 * MESSAGE_BYTES);
    assertThat(connections).allMatch(ImmediateCompletions::hasPendingRead);
  }

  @Test
  void readsFromAPeerThatDoesNotReadOnlyWhenItDoesAgain() {
    List<ImmediateCompletions> connections = connections(2);
    ImmediateCompletions slow = connections.getFirst();
    slow.stopReading();

    connections.forEach(ImmediateCompletions::arrive);
    runGroupTasks();
    assertThat(slow.hasPendingRead()).isFalse();
    assertThat(connections.getLast().hasPendingRead()).as("of the other").isTrue();
    slow.readAgain();

    assertThat(slow.bytesWritten()).isEqualTo(MESSAGE_BYTES);
    assertThat(slow.hasPendingRead()).isTrue();
  }

  @Test
  void doesNotWaitForCompanyOfALoneConnection() {
    ImmediateCompletions lone = connections(1).getFirst();
    int messages = 100;
    int waits = 0;

    for (int i = 0; i < messages; i++) {
      lone.arrive();
      waits += groupTasks.size();
      runGroupTasks();
    }

    assertThat(lone.bytesWritten()).isEqualTo(messages * MESSAGE_BYTES);
    assertThat(waits).as("of a hundred messages").isBetween(2, 10);
  }

  /** Without saying so in its API: should it no longer, nothing is batched. */
  @Test
  void groupsOfThisJdkRunTasks() throws IOException {
    AsynchronousChannelGroup group =
        AsynchronousChannelGroup.withFixedThreadPool(1, Thread.ofPlatform().daemon().factory());
    try {
      assertThat(group).isInstanceOf(Executor.class);
    } finally {
      group.shutdownNow();
    }
  }

  private List<ImmediateCompletions> connections(int count) {
    List<ImmediateCompletions> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ImmediateCompletions connection = new ImmediateCompletions(MESSAGE_BYTES);
      CompletionEcho.begin(connection, 4096, counters, _ -> CloseKind.FAILED, batch::add);
      connections.add(connection);
    }
    return connections;
  }

  private void runGroupTasks() {
    for (Runnable task = groupTasks.poll(); task != null; task = groupTasks.poll()) {
      task.run();
    }
  }
}
