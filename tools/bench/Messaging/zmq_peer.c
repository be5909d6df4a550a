/* libzmq's side of the command "messaging": the loops of MessagingGames.cs, with its messages and its two threads.
 *
 *   zmq_peer stream|echo <near type> <far type> <endpoint> <message bytes>
 *
 * Each line of standard input is a number of messages (stream) or round trips (echo); the answer is a line with the seconds
 * that they took, by the wall and of this process's processor time. It ends with its standard input.
 *
 * The prototypes are written here by hand, so that libzmq without its headers is enough. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef union
{
    unsigned char bytes[64];
    void *alignment;
} zmq_msg_t;

void *zmq_ctx_new(void);
void *zmq_socket(void *context, int type);
int zmq_bind(void *socket, const char *endpoint);
int zmq_connect(void *socket, const char *endpoint);
int zmq_getsockopt(void *socket, int option, void *value, size_t *bytes);
int zmq_msg_init(zmq_msg_t *message);
int zmq_msg_init_size(zmq_msg_t *message, size_t bytes);
int zmq_msg_send(zmq_msg_t *message, void *socket, int flags);
int zmq_msg_recv(zmq_msg_t *message, void *socket, int flags);
size_t zmq_msg_size(const zmq_msg_t *message);
void *zmq_msg_data(zmq_msg_t *message);
int zmq_errno(void);
const char *zmq_strerror(int error);

enum { LAST_ENDPOINT = 32 };

static void *s_near;
static void *s_far;
static size_t s_bytes;
static long s_count;
static sem_t s_go;

static void check(int succeeded, const char *what)
{
    if (!succeeded)
    {
        fprintf(stderr, "zmq_peer: %s: %s\n", what, zmq_strerror(zmq_errno()));
        exit(1);
    }
}

static void receive(zmq_msg_t *message, void *socket)
{
    check(zmq_msg_recv(message, socket, 0) == (int)s_bytes && zmq_msg_size(message) == s_bytes, "receive");
}

static void send_one(zmq_msg_t *message, void *socket)
{
    check(zmq_msg_send(message, socket, 0) == (int)s_bytes, "send");
}

/* The far end of a stream: sends as many as it is told to. */
static void *send_stream(void *unused)
{
    for (;;)
    {
        sem_wait(&s_go);
        for (long i = 0; i < s_count; i++)
        {
            zmq_msg_t message;
            check(zmq_msg_init_size(&message, s_bytes) == 0, "make a message");
            send_one(&message, s_far);
        }
    }

    return unused;
}

/* The far end of round trips. */
static void *send_back(void *unused)
{
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (;;)
    {
        receive(&message, s_far);
        send_one(&message, s_far);
    }

    return unused;
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void play(int is_stream)
{
    zmq_msg_t message;
    zmq_msg_init(&message);
    if (is_stream)
    {
        sem_post(&s_go);
        for (long i = 0; i < s_count; i++)
        {
            receive(&message, s_near);
        }

        return;
    }

    check(zmq_msg_init_size(&message, s_bytes) == 0, "make a message");
    memset(zmq_msg_data(&message), 1, s_bytes);
    for (long i = 0; i < s_count; i++)
    {
        send_one(&message, s_near);
        receive(&message, s_near);
    }
}

int main(int count, char **values)
{
    if (count != 6)
    {
        fprintf(stderr, "usage: zmq_peer stream|echo near-type far-type endpoint bytes\n");
        return 2;
    }

    int is_stream = strcmp(values[1], "stream") == 0;
    const char *endpoint = values[4];
    s_bytes = (size_t)atol(values[5]);

    /* inproc is within a context; over TCP each side has its own, as two programs would. */
    void *context = zmq_ctx_new();
    s_near = zmq_socket(context, atoi(values[2]));
    s_far = zmq_socket(strncmp(endpoint, "inproc:", 7) == 0 ? context : zmq_ctx_new(), atoi(values[3]));
    check(s_near != NULL && s_far != NULL, "make a socket");
    char bound[256];
    size_t length = sizeof bound;
    check(zmq_bind(s_near, endpoint) == 0, "bind");
    check(zmq_getsockopt(s_near, LAST_ENDPOINT, bound, &length) == 0, "ask for the endpoint");
    check(zmq_connect(s_far, bound) == 0, "connect");

    pthread_t far_thread;
    sem_init(&s_go, 0, 0);
    check(pthread_create(&far_thread, NULL, is_stream ? send_stream : send_back, NULL) == 0, "start a thread");

    while (scanf("%ld", &s_count) == 1)
    {
        double wall = seconds(CLOCK_MONOTONIC);
        double processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
        play(is_stream);
        wall = seconds(CLOCK_MONOTONIC) - wall;
        processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
        printf("%.9f %.9f\n", wall, processor);
        fflush(stdout);
    }

    /* Threads and sockets end with the process. */
    _Exit(0);
}
