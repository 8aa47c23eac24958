package myriad.cli.values;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file of X.509 certificates, in PEM. */
public final class CertificatesConverter
    implements ITypeConverter<CertificatesConverter.Certificates> {

  /**
   * What a file holds.
   *
   * @param file as it was typed
   */
  public record Certificates(String file, List<X509Certificate> list) {}

  @Override
  public Certificates convert(String file) {
    try (InputStream bytes = Files.newInputStream(Path.of(file))) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw notCertificates(file);
      }
      return new Certificates(file, certificates);
    } catch (CertificateException e) {
      throw notCertificates(file);
    } catch (NoSuchFileException e) {
      throw new TypeConversionException("there is no file '%s'".formatted(file));
    } catch (IOException | InvalidPathException e) {
      throw new TypeConversionException("'%s' cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  private static TypeConversionException notCertificates(String file) {
    return new TypeConversionException(
        "'%s' is not a file of certificates in PEM (-----BEGIN CERTIFICATE-----)".formatted(file));
  }
}
