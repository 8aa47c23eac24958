package myriad.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import myriad.cli.values.CertificatesConverter;
import myriad.cli.values.CertificatesConverter.Certificates;
import myriad.loadgen.LoadPlan;
import myriad.loadgen.Tls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a target that speaks TLS. */
final class TlsOptions {

  @Option(
      names = "--tls",
      description =
          "Speak TLS to the target, and verify its certificate and name. Connect time then includes"
              + " the handshake.")
  private boolean tls;

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      converter = CertificatesConverter.class,
      description = "Trust what these certificates (PEM) signed. Default: what the JDK trusts.")
  private @Nullable Certificates authorities;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description = "Name to ask for and to verify. Default: the host as typed.")
  private @Nullable String name;

  @Option(names = "--tls-insecure", description = "Verify neither certificate nor name.")
  private boolean insecure;

  /**
   * Makes {@code plan} speak TLS, if asked for.
   *
   * @throws CommandException if options contradict each other
   */
  LoadPlan.Builder addTo(LoadPlan.Builder plan) {
    if (!tls) {
      for (String option : given()) {
        throw usage("%s belongs to --tls: give that too".formatted(option));
      }
      return plan;
    }
    if (insecure && authorities != null) {
      throw usage("--tls-insecure verifies no certificate: leave out --tls-ca");
    }
    return plan.tls(
        new Tls(
            authorities == null ? Optional.empty() : Optional.of(authorities.file()),
            authorities == null ? List.of() : authorities.list(),
            Optional.ofNullable(name),
            !insecure));
  }

  /** Those that are given. */
  List<String> given() {
    return Stream.of(
            tls ? "--tls" : "",
            authorities == null ? "" : "--tls-ca",
            name == null ? "" : "--tls-name",
            insecure ? "--tls-insecure" : "")
        .filter(option -> !option.isEmpty())
        .toList();
  }

  private static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }
}
