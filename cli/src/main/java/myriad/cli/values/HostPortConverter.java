package myriad.cli.values;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a server listens: {@code localhost:7777}, {@code 10.0.0.1:7}, {@code [::1]:7}. */
public final class HostPortConverter implements ITypeConverter<InetSocketAddress> {

  private static final String TAKES = "HOST:PORT, such as localhost:7777 or [::1]:7777";

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%\\w]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

  @Override
  public InetSocketAddress convert(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw Quantity.refused(text, TAKES);
    }
    int port = Integer.parseInt(form.group(3));
    if (port < 1 || port > 65_535) {
      throw Quantity.refused(text, "HOST:PORT with a port from 1 to 65535");
    }
    String bracketed = form.group(1);
    if (bracketed != null) {
      return new InetSocketAddress(literal(bracketed, text), port);
    }
    InetSocketAddress address = new InetSocketAddress(form.group(2), port);
    if (address.isUnresolved()) {
      throw new TypeConversionException(
          "host '%s' is not known: check its name, or give its address"
              .formatted(address.getHostString()));
    }
    return address;
  }

  /** What is in brackets is an address, and no name that is looked up. */
  private static InetAddress literal(String bracketed, String text) {
    try {
      return InetAddress.ofLiteral(bracketed);
    } catch (IllegalArgumentException e) {
      throw Quantity.refused(text, TAKES);
    }
  }
}
