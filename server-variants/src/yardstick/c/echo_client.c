/*
 * The client of the yardstick: a closed loop over many connections, in one thread. Each connection
 * sends a message, waits for all of its echo, and sends the next. Every server is measured with
 * this same client, so that a ratio of two rates is a ratio of the servers.
 *
 * usage: echo_client [-n] PORT CONNECTIONS BYTES WARMUP_MS MEASURE_MS [RATE]
 *            says "measuring" when the warm-up is over, and at the end how many round trips a
 *            second there were since, how many in all since, the client's CPU time in ns for
 *            each, and how many times in all it slept; with RATE it sends so many messages a second
 *            at even distances, on each connection in turn, instead of a message after each echo;
 *            with -n it counts the bytes that come back and compares none, which is the least that
 *            a client can do
 *        echo_client PORT CONNECTIONS
 *            connects, says "open", and holds the idle connections until its standard input ends;
 *            then it resets them, so that no port waits for its last connection
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_EVENTS = 1024, MAX_MESSAGE_BYTES = 64 * 1024, CONNECT_ATTEMPTS = 3 };

static char message[MAX_MESSAGE_BYTES];
static char echo[MAX_MESSAGE_BYTES];
static size_t message_bytes;
static size_t *missing_by_fd;
static int comparing = 1;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int connect_to(int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int on = 1;
    for (int attempt = 0; attempt < CONNECT_ATTEMPTS; attempt++) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            die("socket");
        }
        if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return fd;
        }
        close(fd);
    }
    die("connect");
    return -1;
}

/* A message is small next to an empty send buffer: a send that is not whole is a fault. */
static void send_message(int fd) {
    missing_by_fd[fd] = message_bytes;
    if (send(fd, message, message_bytes, MSG_DONTWAIT) != (ssize_t)message_bytes) {
        die("send");
    }
}

/* Takes what has arrived; returns 1 when that completes a round trip. */
static int receive_echo(int fd) {
    ssize_t received = recv(fd, echo, missing_by_fd[fd], MSG_DONTWAIT);
    if (received <= 0) {
        if (received < 0 && errno == EAGAIN) {
            return 0;
        }
        die("recv");
    }
    size_t position = message_bytes - missing_by_fd[fd];
    if (comparing && memcmp(echo, message + position, (size_t)received) != 0) {
        fprintf(stderr, "the echo differs from the message\n");
        exit(1);
    }
    missing_by_fd[fd] -= (size_t)received;
    return missing_by_fd[fd] == 0;
}

static int64_t cpu_ns(const struct rusage *usage) {
    return (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * INT64_C(1000000000)
        + (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) * INT64_C(1000);
}

/* When messages are due, and whose turn it is; a connection that is busy is passed over. */
struct schedule {
    const int *fds;
    int connections;
    int turn;
    double interval_ns; /* 0: no schedule, a closed loop */
    double due_ns;
};

static void send_due(struct schedule *schedule, int64_t now) {
    while (schedule->due_ns <= (double)now) {
        int tried = 0;
        while (missing_by_fd[schedule->fds[schedule->turn]] > 0
            && ++tried < schedule->connections) {
            schedule->turn = (schedule->turn + 1) % schedule->connections;
        }
        if (missing_by_fd[schedule->fds[schedule->turn]] > 0) {
            return;
        }
        send_message(schedule->fds[schedule->turn]);
        schedule->turn = (schedule->turn + 1) % schedule->connections;
        schedule->due_ns += schedule->interval_ns;
    }
}

static int wait_ready(int epoll_fd, struct epoll_event *events, const struct schedule *schedule) {
    int64_t limit_ns = 100 * INT64_C(1000000);
    if (schedule->interval_ns > 0) {
        int64_t due_in_ns = (int64_t)schedule->due_ns - now_ns();
        limit_ns = due_in_ns < 0 ? 0 : due_in_ns < limit_ns ? due_in_ns : limit_ns;
    }
    struct timespec limit = {.tv_sec = 0, .tv_nsec = limit_ns};
    return epoll_pwait2(epoll_fd, events, MAX_EVENTS, &limit, NULL);
}

static void run(int epoll_fd, struct schedule *schedule, int64_t warmup_ns, int64_t measure_ns) {
    struct epoll_event events[MAX_EVENTS];
    int64_t start = now_ns() + warmup_ns;
    int64_t end = start + measure_ns;
    int64_t measured = 0;
    struct rusage before = {0};
    struct rusage after;
    int measuring = 0;
    for (;;) {
        int ready = wait_ready(epoll_fd, events, schedule);
        int64_t now = now_ns();
        if (now >= end) {
            break;
        }
        if (!measuring && now >= start) {
            measuring = 1;
            getrusage(RUSAGE_SELF, &before);
            printf("measuring\n");
            fflush(stdout);
        }
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (receive_echo(fd)) {
                measured += measuring;
                if (schedule->interval_ns == 0) {
                    send_message(fd);
                }
            }
        }
        if (schedule->interval_ns > 0) {
            send_due(schedule, now);
        }
    }
    getrusage(RUSAGE_SELF, &after);
    printf("%.0f %lld %.0f %ld\n", (double)measured * 1e9 / (double)measure_ns,
        (long long)measured,
        (double)(cpu_ns(&after) - cpu_ns(&before)) / (double)(measured ? measured : 1),
        after.ru_nvcsw - before.ru_nvcsw);
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "-n") == 0) {
        comparing = 0;
        argc--;
        argv++;
    }
    if (argc != 3 && argc != 6 && argc != 7) {
        fprintf(
            stderr,
            "usage: echo_client [-n] PORT CONNECTIONS [BYTES WARMUP_MS MEASURE_MS [RATE]]\n");
        return 2;
    }
    int port = atoi(argv[1]);
    int connections = atoi(argv[2]);
    struct rlimit descriptors;
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
    missing_by_fd = calloc(descriptors.rlim_cur, sizeof *missing_by_fd);
    int *fds = calloc((size_t)connections, sizeof *fds);
    int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (missing_by_fd == NULL || fds == NULL || epoll_fd < 0) {
        die("start");
    }
    for (int i = 0; i < connections; i++) {
        fds[i] = connect_to(port);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fds[i]};
        epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fds[i], &event);
    }
    if (argc == 3) {
        struct linger reset = {.l_onoff = 1};
        for (int i = 0; i < connections; i++) {
            setsockopt(fds[i], SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        }
        printf("open\n");
        fflush(stdout);
        return getchar() == EOF ? 0 : 1;
    }

    message_bytes = (size_t)atol(argv[3]);
    if (message_bytes == 0 || message_bytes > MAX_MESSAGE_BYTES) {
        fprintf(stderr, "BYTES takes 1 to %d\n", MAX_MESSAGE_BYTES);
        return 2;
    }
    for (size_t i = 0; i < message_bytes; i++) {
        message[i] = (char)(i * 31 + 7);
    }
    struct schedule schedule = {.fds = fds, .connections = connections};
    if (argc == 7) {
        /* The load generator wakes when a message is due too, and not up to 50 us later. */
        if (prctl(PR_SET_TIMERSLACK, 1UL) != 0) {
            die("prctl");
        }
        schedule.interval_ns = 1e9 / atof(argv[6]);
        schedule.due_ns = (double)now_ns();
    } else {
        for (int i = 0; i < connections; i++) {
            send_message(fds[i]);
        }
    }
    run(epoll_fd, &schedule, atol(argv[4]) * 1000000, atol(argv[5]) * 1000000);
    return 0;
}
