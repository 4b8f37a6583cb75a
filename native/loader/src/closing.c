/* closing.c: see closing.h. */
#include "closing.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST_THREADS 32
#define STACK_BYTES (128u << 10)

int fd_list_keep(struct fd_list* list, int fd) {
  if (list->count == list->capacity) {
    size_t capacity = list->capacity == 0 ? 2 : list->capacity * 2;
    int* fds = realloc(list->fds, capacity * sizeof *fds);
    if (fds == NULL) {
      close(fd);
      return -ENOMEM;
    }
    list->fds = fds;
    list->capacity = capacity;
  }
  list->fds[list->count++] = fd;
  return 0;
}

int fd_list_move(struct fd_list* from, struct fd_list* to) {
  size_t capacity = to->count + from->count;
  if (from->count == 0) return 0;
  if (capacity > to->capacity) {
    capacity = capacity < 2 * to->capacity ? 2 * to->capacity : capacity;
    int* fds = realloc(to->fds, capacity * sizeof *fds);
    if (fds == NULL) return -ENOMEM;
    to->fds = fds;
    to->capacity = capacity;
  }
  memcpy(to->fds + to->count, from->fds, from->count * sizeof *from->fds);
  to->count += from->count;
  free(from->fds);
  *from = (struct fd_list){0};
  return 0;
}

static int start_thread(pthread_t* thread, void* (*run)(void*), void* argument) {
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error != 0) return -error;
  error = pthread_attr_setstacksize(&attributes, STACK_BYTES);
  if (error == 0) error = pthread_create(thread, &attributes, run, argument);
  (void)pthread_attr_destroy(&attributes);
  return -error;
}

/* What the threads of one close_list share. */
struct work {
  const struct fd_list* list;
  size_t next, closed; /* atomic */
};

static void* close_some(void* argument) {
  struct work* work = argument;
  for (;;) {
    size_t i = __atomic_fetch_add(&work->next, 1, __ATOMIC_RELAXED);
    if (i >= work->list->count) return NULL;
    close(work->list->fds[work->list->count - 1 - i]); /* newest first */
    __atomic_fetch_add(&work->closed, 1, __ATOMIC_RELEASE);
  }
}

static void nap(void) {
  const struct timespec millisecond = {.tv_nsec = 1000000};
  (void)nanosleep(&millisecond, NULL);
}

void close_list(struct fd_list* list, void (*meanwhile)(void* context), void* context) {
  struct work work = {.list = list};
  pthread_t threads[MOST_THREADS];
  size_t wanted = list->count < MOST_THREADS ? list->count : MOST_THREADS, started = 0;
  while (started < wanted && start_thread(&threads[started], close_some, &work) == 0)
    started++;
  if (started == 0) (void)close_some(&work);
  while (meanwhile != NULL && __atomic_load_n(&work.closed, __ATOMIC_ACQUIRE) < list->count) {
    meanwhile(context);
    nap();
  }
  for (size_t i = 0; i < started; i++)
    (void)pthread_join(threads[i], NULL);
  free(list->fds);
  *list = (struct fd_list){0};
}

static void* close_owned(void* argument) {
  struct fd_list* list = argument;
  while (list->count > 0)
    close(list->fds[--list->count]);
  free(list->fds);
  free(list);
  return NULL;
}

void close_list_later(struct fd_list* list) {
  struct fd_list* owned = list->count == 0 ? NULL : malloc(sizeof *owned);
  pthread_t thread;
  if (owned == NULL) {
    close_list(list, NULL, NULL);
    return;
  }
  *owned = *list;
  *list = (struct fd_list){0};
  if (start_thread(&thread, close_owned, owned) == 0)
    (void)pthread_detach(thread);
  else
    (void)close_owned(owned);
}
