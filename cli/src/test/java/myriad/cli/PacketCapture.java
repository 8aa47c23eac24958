package myriad.cli;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code tcpdump -w} wrote: see pcap-savefile(5). Only what this project's captures hold is
 * understood: Ethernet, as loopback calls itself, IPv4, TCP, times in nanoseconds.
 */
final class PacketCapture {

  private static final int NANOSECOND_MAGIC = 0xa1b23c4d;
  private static final int ETHERNET = 1;
  private static final int FILE_HEADER_BYTES = 24;
  private static final int PACKET_HEADER_BYTES = 16;
  private static final int ETHERNET_HEADER_BYTES = 14;

  /** A TCP segment that carries data. */
  private record Segment(long timeNs, int fromPort, int toPort) {}

  private final List<Segment> segments = new ArrayList<>();

  private PacketCapture() {}

  static PacketCapture read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < FILE_HEADER_BYTES) {
      throw new EOFException("a capture that was cut off: " + file);
    }
    if (bytes.getInt(0) != NANOSECOND_MAGIC || bytes.getInt(20) != ETHERNET) {
      throw new IOException("not a capture of loopback in nanoseconds: " + file);
    }
    PacketCapture capture = new PacketCapture();
    bytes.position(FILE_HEADER_BYTES);
    while (bytes.hasRemaining()) {
      if (bytes.remaining() < PACKET_HEADER_BYTES) {
        throw new EOFException("a capture that was cut off: " + file);
      }
      long timeNs = Integer.toUnsignedLong(bytes.getInt()) * 1_000_000_000L + bytes.getInt();
      int captured = bytes.getInt();
      bytes.getInt();
      if (captured > bytes.remaining()) {
        throw new EOFException("a capture that was cut off: " + file);
      }
      capture.add(timeNs, bytes.slice(bytes.position(), captured).order(ByteOrder.BIG_ENDIAN));
      bytes.position(bytes.position() + captured);
    }
    return capture;
  }

  /**
   * For every message, in the order in which they were sent, the time from its segment to that of
   * its echo, in nanoseconds. Each fits into one segment, and there is one at a time on a
   * connection.
   */
  List<Long> roundTripsNs(int serverPort) {
    Map<Integer, Integer> underWay = new HashMap<>();
    List<Long> roundTrips = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.toPort == serverPort) {
        underWay.put(segment.fromPort, roundTrips.size());
        roundTrips.add(-segment.timeNs);
      } else {
        Integer message = underWay.remove(segment.toPort);
        if (message == null) {
          throw new IllegalStateException("an echo without a message");
        }
        roundTrips.set(message, roundTrips.get(message) + segment.timeNs);
      }
    }
    if (!underWay.isEmpty()) {
      throw new IllegalStateException("messages without an echo: " + underWay.size());
    }
    return roundTrips;
  }

  private void add(long timeNs, ByteBuffer frame) {
    int ip = ETHERNET_HEADER_BYTES;
    int ipHeaderBytes = (frame.get(ip) & 0xf) * 4;
    int ipBytes = Short.toUnsignedInt(frame.getShort(ip + 2));
    int tcp = ip + ipHeaderBytes;
    int tcpHeaderBytes = (frame.get(tcp + 12) >> 4 & 0xf) * 4;
    if (ipBytes > ipHeaderBytes + tcpHeaderBytes) {
      segments.add(
          new Segment(
              timeNs,
              Short.toUnsignedInt(frame.getShort(tcp)),
              Short.toUnsignedInt(frame.getShort(tcp + 2))));
    }
  }
}
