package myriad.cli.values;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** IP addresses, one or a range: {@code 127.0.0.2}, {@code 127.0.0.2-127.0.0.20}. */
public final class AddressRangeConverter
    implements ITypeConverter<AddressRangeConverter.Addresses> {

  private static final int MOST = 1 << 16;
  private static final String TAKES =
      "an IP address or a range of at most 65,536, such as 127.0.0.2-127.0.0.20";

  /** The addresses that one value stands for. */
  public record Addresses(List<InetAddress> list) {}

  @Override
  public Addresses convert(String text) {
    int dash = text.indexOf('-');
    InetAddress first = address(dash < 0 ? text : text.substring(0, dash), text);
    InetAddress last = dash < 0 ? first : address(text.substring(dash + 1), text);
    int bytes = first.getAddress().length;
    BigInteger from = new BigInteger(1, first.getAddress());
    BigInteger count = new BigInteger(1, last.getAddress()).subtract(from).add(BigInteger.ONE);
    if (last.getAddress().length != bytes
        || count.signum() <= 0
        || count.compareTo(BigInteger.valueOf(MOST)) > 0) {
      throw Quantity.refused(text, TAKES);
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count.intValueExact(); i++) {
      addresses.add(ofNumber(from.add(BigInteger.valueOf(i)), bytes));
    }
    return new Addresses(addresses);
  }

  private static InetAddress address(String literal, String text) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw Quantity.refused(text, TAKES);
    }
  }

  private static InetAddress ofNumber(BigInteger number, int length) {
    byte[] digits = number.toByteArray();
    byte[] bytes = new byte[length];
    for (int i = 1; i <= Math.min(length, digits.length); i++) {
      bytes[length - i] = digits[digits.length - i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("%d bytes are an address".formatted(length), e);
    }
  }
}
