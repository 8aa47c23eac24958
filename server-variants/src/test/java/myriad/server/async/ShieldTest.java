package myriad.server.async;

import static myriad.server.async.Async.createTask;
import static myriad.server.async.Async.shield;
import static myriad.server.async.Async.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ShieldTest extends AsyncTestCase {

  @Test
  void aShieldPassesTheResultOn() throws Exception {
    run(() -> assertThat(shield(createTask(() -> 1)).await()).isEqualTo(1));
  }

  @Test
  void aShieldPassesTheFailureOn() throws Exception {
    run(
        () -> {
          IOException failure = new IOException("inner");
          Task<Integer> inner =
              createTask(
                  () -> {
                    throw failure;
                  });
          assertThatThrownBy(shield(inner)::await).isSameAs(failure);
        });
  }

  @Test
  void cancellingWhoAwaitsAShieldLeavesTheInnerTaskRunning() throws Exception {
    run(
        () -> {
          Task<Void> inner = createTask(() -> sleep(ms(20)));
          Task<Void> outer = createTask(() -> shield(inner).await());
          turns(2);
          outer.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(outer::await);
          inner.await();
          assertThat(inner.isCancelled()).isFalse();
        });
  }

  @Test
  void aTimeoutAroundAShieldLeavesTheInnerTaskRunning() throws Exception {
    run(
        () -> {
          Task<Integer> inner =
              createTask(
                  () -> {
                    sleep(ms(20));
                    return 8;
                  });
          assertThatExceptionOfType(TimeoutException.class)
              .isThrownBy(() -> Async.waitFor(shield(inner), ms(5)));
          assertThat(inner.await()).isEqualTo(8);
        });
  }

  @Test
  void cancellingTheInnerTaskCancelsTheShield() throws Exception {
    run(
        () -> {
          Task<Void> inner = createTask(() -> sleep(ms(20)));
          Future<Void> shielded = shield(inner);
          turn();
          inner.cancel();
          assertThatExceptionOfType(CancelledError.class).isThrownBy(shielded::await);
          assertThat(shielded.isCancelled()).isTrue();
        });
  }

  @Test
  void aShieldAroundWhatIsDoneIsThatItself() throws Exception {
    run(
        () -> {
          Future<Integer> done = loop.createFuture();
          done.setResult(1);
          assertThat(shield(done)).isSameAs(done);
        });
  }

  @Test
  void aFailureBehindACancelledShieldIsReported() throws Exception {
    run(
        () -> {
          Future<Integer> inner = loop.createFuture();
          shield(inner).cancel();
          turn();
          inner.setException(new IOException("nobody hears"));
        });
    loop.close();
    assertReported("exception never retrieved");
  }
}
