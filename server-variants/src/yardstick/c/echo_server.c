/*
 * The yardstick: an echo server that does nothing but what an echo needs. One thread, one epoll
 * instance, level-triggered; one shared buffer; bytes are kept for a connection only while its peer
 * does not take them, and then nothing is read from it. What a server in Java reaches of this rate,
 * with the same client, is what its language, library and model leave of it.
 *
 * usage: echo_server                   listens on a loopback port of the kernel's choice, says it in
 *                                      a line, and ends when its standard input does
 *        echo_server --idle-thread     the same, with a thread beside that does nothing: what the
 *                                      kernel and the C library take of a process with threads
 *        echo_server PORT [BURN_NS]    listens on that port, and spends so much CPU time more on
 *                                      whatever it reads: a server made slower by a known amount
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_EVENTS = 1024, BUFFER_BYTES = 16 * 1024, BACKLOG = 16384 };

/* Bytes that a peer has not taken yet; rare, so found by descriptor and absent otherwise. */
struct untaken {
    size_t from;
    size_t to;
    char bytes[BUFFER_BYTES];
};

static char buffer[BUFFER_BYTES];
static struct untaken **untaken_by_fd;
static int epoll_fd;
static long burn_ns;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int operation, int fd, unsigned int events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    if (epoll_ctl(epoll_fd, operation, fd, &event) < 0) {
        die("epoll_ctl");
    }
}

static void close_connection(int fd) {
    free(untaken_by_fd[fd]);
    untaken_by_fd[fd] = NULL;
    close(fd);
}

static void accept_all(int listener) {
    int on = 1;
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno != EAGAIN) {
                die("accept4");
            }
            return;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
}

static void keep_untaken(int fd, size_t from, size_t to) {
    struct untaken *rest = malloc(sizeof *rest);
    if (rest == NULL) {
        die("malloc");
    }
    rest->from = 0;
    rest->to = to - from;
    memcpy(rest->bytes, buffer + from, to - from);
    untaken_by_fd[fd] = rest;
    watch(EPOLL_CTL_MOD, fd, EPOLLOUT);
}

static long cpu_ns(void) {
    struct timespec spent;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return spent.tv_sec * 1000000000L + spent.tv_nsec;
}

static void burn(void) {
    long until = burn_ns == 0 ? 0 : cpu_ns() + burn_ns;
    while (burn_ns != 0 && cpu_ns() < until) {
    }
}

static void echo_arrived(int fd) {
    ssize_t received = read(fd, buffer, sizeof buffer);
    if (received <= 0) {
        if (received == 0 || errno != EAGAIN) {
            close_connection(fd);
        }
        return;
    }
    burn();
    ssize_t sent = write(fd, buffer, (size_t)received);
    if (sent < 0 && errno != EAGAIN) {
        close_connection(fd);
        return;
    }
    if (sent < received) {
        keep_untaken(fd, sent < 0 ? 0 : (size_t)sent, (size_t)received);
    }
}

static void write_untaken(int fd) {
    struct untaken *rest = untaken_by_fd[fd];
    ssize_t sent = write(fd, rest->bytes + rest->from, rest->to - rest->from);
    if (sent < 0) {
        if (errno != EAGAIN) {
            close_connection(fd);
        }
        return;
    }
    rest->from += (size_t)sent;
    if (rest->from == rest->to) {
        free(rest);
        untaken_by_fd[fd] = NULL;
        watch(EPOLL_CTL_MOD, fd, EPOLLIN);
    }
}

static void *idle(void *unused) {
    for (;;) {
        pause();
    }
    return unused;
}

static void start_idle_thread(void) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, idle, NULL) != 0) {
        die("pthread_create");
    }
}

static int listen_on_loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) < 0 || listen(fd, BACKLOG) < 0
        || getsockname(fd, (struct sockaddr *)&address, &length) < 0) {
        die("listen");
    }
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

int main(int count, char **arguments) {
    int with_thread = count > 1 && strcmp(arguments[1], "--idle-thread") == 0;
    int port = count > 1 && !with_thread ? atoi(arguments[1]) : 0;
    struct rlimit descriptors;
    struct epoll_event events[MAX_EVENTS];
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
    untaken_by_fd = calloc(descriptors.rlim_cur, sizeof *untaken_by_fd);
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (untaken_by_fd == NULL || epoll_fd < 0) {
        die("start");
    }
    if (with_thread) {
        start_idle_thread();
    }
    burn_ns = count > 2 ? atol(arguments[2]) : 0;
    int listener = listen_on_loopback(port);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    if (port == 0) {
        watch(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN);
    }

    for (;;) {
        int ready = epoll_wait(epoll_fd, events, MAX_EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == STDIN_FILENO && port == 0) {
                return 0;
            } else if (fd == listener) {
                accept_all(listener);
            } else if (untaken_by_fd[fd] != NULL) {
                write_untaken(fd);
            } else {
                echo_arrived(fd);
            }
        }
    }
}
