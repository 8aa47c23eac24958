# Reads `perf script -F comm,ip,sym,dso`, sums samples by what the CPU was doing, and prints them for
# so many messages, each line behind a key to sort by; the samples were taken so many per_second.
# A sample begins with its thread's name; the frames of its stack follow, innermost first.
function kind(    i, k) {
    if (comm ~ /^(VM Thread|GC Thread|VM Periodic)/) return "GC and VM threads"
    if (comm ~ /^C[12] CompilerThre/) return "JIT compilers"
    k = ""
    for (i = frames; i > 0; i--) {        # from the outermost frame inwards: the last match wins
        if (sym[i] ~ /sys_(write|sendto)$|^io_(send|write)$/) k = "send"
        else if (sym[i] ~ /sys_(read|recvfrom)$|^io_(recv|read)$/) k = "receive"
        else if (sym[i] ~ /sys_epoll_ctl$/) k = "epoll_ctl"
        else if (sym[i] ~ /sys_epoll_p?wait2?$/) k = "epoll_wait"
        else if (sym[i] ~ /sys_io_uring_enter$/) k = "io_uring itself"
        else if (sym[i] ~ /sys_futex$/) k = "futex"
        if (k == "send" && sym[i] ~ /^(sock_def_readable|tcp_data_ready|__wake_up|ep_poll_callback|io_poll_wake)/) return "wake of the peer"
    }
    if (k != "") return k
    if (dso[1] ~ /kernel/) return "kernel, other"
    if (dso[1] ~ /perf-|unknown|anon|JIT/) return "Java"
    return "native code of JVM and libraries"
}
function end_of_sample() {
    if (frames > 0) { samples++; by[kind()]++ }
    frames = 0
}
/^[^ \t]/ { end_of_sample(); comm = $0; sub(/[ \t]+$/, "", comm); next }
NF >= 2 {
    frames++
    sym[frames] = $2
    sub(/\+0x.*$/, "", sym[frames])
    dso[frames] = $NF
}
END {
    end_of_sample()
    ns = 1e9 / per_second / messages
    printf "%d|  %-36s %8.0f ns a message\n", samples + 1, "CPU time", samples * ns
    for (k in by) printf "%d|  %-36s %8.0f ns  %5.1f %%\n", by[k], k, by[k] * ns, 100 * by[k] / samples
}
