package myriad.cli;

import java.util.ArrayList;
import java.util.List;
import myriad.loadgen.LoadPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a target that is not Myriad's: what it speaks, and which process it is. */
final class ForeignTargetOptions {

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description =
          "Process of the target on this host: its CPU and memory are measured too, with all its"
              + " descendants in /proc, but without workers that left it for another parent.")
  private @Nullable Long serverPid;

  @Mixin private RequestOptions request;
  @Mixin private TlsOptions tls;

  /** Those that are given. */
  List<String> given() {
    List<String> given = new ArrayList<>(serverPid == null ? List.of() : List.of("--server-pid"));
    given.addAll(request.given());
    given.addAll(tls.given());
    return given;
  }

  /** Refuses a process that does not run. */
  void requireProcess() {
    if (serverPid != null && ProcessHandle.of(serverPid).isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "--server-pid is %d; it takes the id of a process that runs on this host"
              .formatted(serverPid));
    }
  }

  /**
   * Adds what they say to {@code plan}.
   *
   * @param load what is said of messages besides; the plan has it already
   * @throws CommandException if options contradict each other
   */
  LoadPlan.Builder addTo(LoadPlan.Builder plan, LoadOptions load) {
    request.addTo(plan, load.messages(), load.seed());
    tls.addTo(plan);
    return serverPid == null ? plan : plan.serverPid(serverPid);
  }
}
