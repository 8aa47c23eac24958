package myriad.loadgen;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to speak TLS to the target.
 *
 * @param authoritiesFile where {@code authorities} were read, for the record
 * @param authorities trusted to sign the target's certificate; empty for those that the JDK trusts
 * @param name asked for (SNI) and verified; empty for the host of the target
 * @param verify whether certificate and name are verified at all
 */
public record Tls(
    Optional<String> authoritiesFile,
    List<X509Certificate> authorities,
    Optional<String> name,
    boolean verify) {

  public Tls {
    authorities = List.copyOf(authorities);
  }

  /** As options of the command line. */
  void describe(Map<String, String> options) {
    options.put("tls", "true");
    authoritiesFile.ifPresent(file -> options.put("tls-ca", file));
    name.ifPresent(it -> options.put("tls-name", it));
    if (!verify) {
      options.put("tls-insecure", "true");
    }
  }
}
