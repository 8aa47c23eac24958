package myriad.cli.values;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;

/**
 * Where servers listen: {@code localhost:7777}, {@code [::1]:7}, a range of ports {@code
 * 127.0.0.1:9000-9099}, or a Unix domain socket {@code unix:/run/echo.sock}.
 */
public final class TargetConverter implements ITypeConverter<TargetConverter.Targets> {

  private static final String UNIX = "unix:";
  private static final Pattern PORTS = Pattern.compile("(.*:[0-9]{1,5})-([0-9]{1,5})");

  /** The addresses that one argument stands for. */
  public record Targets(List<SocketAddress> addresses) {}

  @Override
  public Targets convert(String text) {
    if (text.startsWith(UNIX)) {
      if (text.length() == UNIX.length()) {
        throw Quantity.refused(text, "unix:PATH, such as unix:/run/echo.sock");
      }
      return new Targets(List.of(new DomainSocketAddress(text.substring(UNIX.length()))));
    }
    HostPortConverter single = new HostPortConverter();
    Matcher range = PORTS.matcher(text);
    if (!range.matches()) {
      return new Targets(List.of(single.convert(text)));
    }
    InetSocketAddress first = single.convert(range.group(1));
    int lastPort = Integer.parseInt(range.group(2));
    if (lastPort < first.getPort() || lastPort > 65_535) {
      throw Quantity.refused(text, "HOST:PORT-PORT with ports that rise, up to 65535");
    }
    return new Targets(
        IntStream.rangeClosed(first.getPort(), lastPort)
            .<SocketAddress>mapToObj(port -> new InetSocketAddress(first.getAddress(), port))
            .toList());
  }
}
