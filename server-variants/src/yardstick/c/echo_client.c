/*
 * The client of the yardstick: a closed loop over many connections, in one thread. Each connection
 * sends a message, waits for all of its echo, and sends the next. Every server is measured with
 * this same client, so that a ratio of two rates is a ratio of the servers.
 *
 * usage: echo_client PORT CONNECTIONS BYTES WARMUP_MS MEASURE_MS
 *            says the round trips a second in the measured time, and all round trips there were
 *        echo_client PORT CONNECTIONS
 *            connects, says "open", and holds the idle connections until its standard input ends
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
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_EVENTS = 1024, MAX_MESSAGE_BYTES = 64 * 1024, CONNECT_ATTEMPTS = 3 };

static char message[MAX_MESSAGE_BYTES];
static char echo[MAX_MESSAGE_BYTES];
static size_t message_bytes;
static size_t *missing_by_fd;

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
    if (memcmp(echo, message + position, (size_t)received) != 0) {
        fprintf(stderr, "the echo differs from the message\n");
        exit(1);
    }
    missing_by_fd[fd] -= (size_t)received;
    return missing_by_fd[fd] == 0;
}

static void run(int epoll_fd, int64_t warmup_ns, int64_t measure_ns) {
    struct epoll_event events[MAX_EVENTS];
    int64_t start = now_ns() + warmup_ns;
    int64_t end = start + measure_ns;
    int64_t before_start = 0;
    int64_t measured = 0;
    for (;;) {
        int ready = epoll_wait(epoll_fd, events, MAX_EVENTS, 100);
        int64_t now = now_ns();
        if (now >= end) {
            break;
        }
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (receive_echo(fd)) {
                *(now < start ? &before_start : &measured) += 1;
                send_message(fd);
            }
        }
    }
    printf("%.0f %lld\n", (double)measured * 1e9 / (double)measure_ns,
        (long long)(before_start + measured));
}

int main(int argc, char **argv) {
    if (argc != 3 && argc != 6) {
        fprintf(stderr, "usage: echo_client PORT CONNECTIONS [BYTES WARMUP_MS MEASURE_MS]\n");
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
    for (int i = 0; i < connections; i++) {
        send_message(fds[i]);
    }
    run(epoll_fd, atol(argv[4]) * 1000000, atol(argv[5]) * 1000000);
    return 0;
}
