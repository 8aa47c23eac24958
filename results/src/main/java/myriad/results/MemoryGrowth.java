package myriad.results;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/**
 * How much memory grew from before the first connection until all were open and served, beside
 * {@link ServerUsage#residentBytes}, which holds everything that the server's processes have
 * resident. A server that Myriad leads has collected its garbage at both moments.
 *
 * @param proportionalBytes of the server's processes, pages that several share counted in parts
 *     ({@code Pss} of {@code smaps_rollup}, see {@code proc_pid_smaps(5)})
 * @param heapBytes of the server's Java heap, in use; null if it is not known
 * @param kernelSocketBytes of the host's TCP buffers, both ends of every connection ({@code mem} of
 *     {@code /proc/net/sockstat}); without the kernel's structures, which are there even if idle
 */
public record MemoryGrowth(
    long proportionalBytes,
    @JsonSetter(nulls = Nulls.SET) @Nullable Long heapBytes,
    long kernelSocketBytes) {}
