package myriad.loadgen;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything a run is told, validated, immutable. Made by {@link #against}.
 *
 * @param targets what is loaded: socket addresses, or Unix domain sockets ({@code
 *     DomainSocketAddress}); connections are spread over them evenly
 * @param sources addresses of this host that connections come from, likewise; empty to leave it to
 *     the kernel
 * @param connections how many to open and keep open
 * @param ramp how fast to open them
 * @param arrivals when messages are due
 * @param pipelineDepth the most messages under way at once on a connection
 * @param messages what is sent, and what has to come back
 * @param warmup load before the measured phase, with every connection open
 * @param duration the measured phase
 * @param eventLoops threads of the generator, no more than connections; a connection stays on its
 *     own
 * @param connectTimeout after which a connect is given up
 * @param replyTimeout after which a message that was not echoed whole counts as an error
 * @param maxErrors errors beyond which the target has failed
 * @param life how long a connection lives, and whether another takes its place
 * @param verify compare every echoed byte
 * @param serverPid process of the target on this host, to be watched from outside
 * @param tls how to speak TLS to the target; empty for no TLS
 * @param transport how the generator talks to the kernel
 * @param busyPoll event loops never sleep: they ask for what has come in round and round, and take
 *     a CPU each
 */
public record LoadPlan(
    List<SocketAddress> targets,
    List<InetAddress> sources,
    int connections,
    ConnectionRamp ramp,
    Arrivals arrivals,
    int pipelineDepth,
    Messages messages,
    Duration warmup,
    Duration duration,
    int eventLoops,
    Duration connectTimeout,
    Duration replyTimeout,
    long maxErrors,
    ConnectionLife life,
    boolean verify,
    OptionalLong serverPid,
    Optional<Tls> tls,
    Transport transport,
    boolean busyPoll) {

  public static final int MAX_CONNECTIONS = 10_000_000;
  public static final int MAX_PIPELINE_DEPTH = 1024;

  /** Of one connection: what a target does not take is held here. */
  private static final long MOST_BYTES_UNDER_WAY = 256L * 1024 * 1024;

  public static final int DEFAULT_CONNECTIONS = 100;

  /** No phase and no pause is longer. */
  public static final Duration LONGEST = Duration.ofDays(7);

  public LoadPlan {
    targets = List.copyOf(targets);
    sources = List.copyOf(sources);
    PlanTargets.require(targets, sources, transport);
    require(
        connections >= 1 && connections <= MAX_CONNECTIONS,
        "--connections",
        connections,
        "1 to 10m");
    require(
        ramp.opens(connections),
        "--connect-stages",
        ramp,
        "a last rate over 0, or stages that open all %,d connections".formatted(connections));
    require(
        pipelineDepth >= 1 && pipelineDepth <= MAX_PIPELINE_DEPTH,
        "--pipeline",
        pipelineDepth,
        "1 to 1,024");
    require(
        (long) pipelineDepth * messages.mostBytes() <= MOST_BYTES_UNDER_WAY,
        "--pipeline",
        pipelineDepth,
        "as many messages as hold 256 MiB; the largest has %,d bytes"
            .formatted(messages.mostBytes()));
    require(
        !warmup.isNegative() && warmup.compareTo(LONGEST) <= 0, "--warmup", warmup, "0s to 7 days");
    require(
        duration.compareTo(Duration.ofMillis(100)) >= 0 && duration.compareTo(LONGEST) <= 0,
        "--duration",
        duration,
        "100ms to 7 days");
    require(eventLoops >= 1 && eventLoops <= 1024, "--threads", eventLoops, "1 to 1024");
    eventLoops = Math.min(eventLoops, connections);
    require(
        connectTimeout.compareTo(Duration.ofMillis(1)) >= 0
            && connectTimeout.compareTo(LONGEST) <= 0,
        "--connect-timeout",
        connectTimeout,
        "1ms to 7 days");
    require(
        replyTimeout.compareTo(Duration.ofMillis(1)) >= 0 && replyTimeout.compareTo(LONGEST) <= 0,
        "--timeout",
        replyTimeout,
        "1ms to 7 days");
    require(maxErrors >= 0, "--max-errors", maxErrors, "0 or more");
    if (tls.isPresent()) {
      PlanTargets.requireName(tls.get(), targets);
    }
  }

  /** The targets as a user types them: the first, and how many others there are. */
  public String targetText() {
    return AddressText.of(targets);
  }

  /** A plan against {@code target} with every other value at its default, to be changed. */
  public static Builder against(SocketAddress target) {
    return against(List.of(target));
  }

  /** Likewise, against several targets. */
  public static Builder against(List<SocketAddress> targets) {
    return new Builder(targets);
  }

  static void require(boolean holds, String option, Object value, String takes) {
    if (!holds) {
      throw new InvalidPlanException(option, value, takes);
    }
  }

  /** Collects the values of a plan; {@link #build} validates them as a whole. */
  public static final class Builder {
    private final List<SocketAddress> targets;
    private List<InetAddress> sources = List.of();
    private int connections = DEFAULT_CONNECTIONS;
    private ConnectionRamp ramp = ConnectionRamp.AT_ONCE;
    private Arrivals arrivals = new Arrivals.ClosedLoop(Duration.ZERO);
    private int pipelineDepth = 1;
    private Messages messages = Messages.DEFAULT;
    private Duration warmup = Duration.ofSeconds(1);
    private Duration duration = Duration.ofSeconds(10);
    private int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration replyTimeout = Duration.ofSeconds(5);
    private long maxErrors;
    private ConnectionLife life = ConnectionLife.KEPT;
    private boolean verify = true;
    private OptionalLong serverPid = OptionalLong.empty();
    private Optional<Tls> tls = Optional.empty();
    private Transport transport = Transport.EPOLL;
    private boolean busyPoll;

    private Builder(List<SocketAddress> targets) {
      this.targets = targets;
    }

    public Builder sources(List<InetAddress> sources) {
      this.sources = sources;
      return this;
    }

    public Builder connections(int connections) {
      this.connections = connections;
      return this;
    }

    /** At a steady rate; infinite for as fast as the target takes them. */
    public Builder connectsPerSecond(double connectsPerSecond) {
      return ramp(ConnectionRamp.steady(connectsPerSecond));
    }

    public Builder ramp(ConnectionRamp ramp) {
      this.ramp = ramp;
      return this;
    }

    public Builder arrivals(Arrivals arrivals) {
      this.arrivals = arrivals;
      return this;
    }

    public Builder pipelineDepth(int pipelineDepth) {
      this.pipelineDepth = pipelineDepth;
      return this;
    }

    /** Framed messages of one size. */
    public Builder messageBytes(int bytes) {
      return messages(Messages.echoOf(MessageSizes.fixed(bytes)));
    }

    public Builder messages(Messages messages) {
      this.messages = messages;
      return this;
    }

    public Builder warmup(Duration warmup) {
      this.warmup = warmup;
      return this;
    }

    public Builder duration(Duration duration) {
      this.duration = duration;
      return this;
    }

    public Builder eventLoops(int eventLoops) {
      this.eventLoops = eventLoops;
      return this;
    }

    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    public Builder replyTimeout(Duration replyTimeout) {
      this.replyTimeout = replyTimeout;
      return this;
    }

    public Builder maxErrors(long maxErrors) {
      this.maxErrors = maxErrors;
      return this;
    }

    public Builder life(ConnectionLife life) {
      this.life = life;
      return this;
    }

    public Builder verify(boolean verify) {
      this.verify = verify;
      return this;
    }

    public Builder serverPid(long pid) {
      this.serverPid = OptionalLong.of(pid);
      return this;
    }

    public Builder tls(Tls tls) {
      this.tls = Optional.of(tls);
      return this;
    }

    public Builder transport(Transport transport) {
      this.transport = transport;
      return this;
    }

    public Builder busyPoll(boolean busyPoll) {
      this.busyPoll = busyPoll;
      return this;
    }

    /** The plan. Throws {@link InvalidPlanException} for a value out of its range. */
    public LoadPlan build() {
      return new LoadPlan(
          targets,
          sources,
          connections,
          ramp,
          arrivals,
          pipelineDepth,
          messages,
          warmup,
          duration,
          eventLoops,
          connectTimeout,
          replyTimeout,
          maxErrors,
          life,
          verify,
          serverPid,
          tls,
          transport,
          busyPoll);
    }
  }
}
