/* multi_threads.c: in a child process a thread that starts a thread that starts a thread, each with a name of its own. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noipa)) void stub(void) { __asm__ volatile("" ::: "memory"); }

static void* grandson(void* unused) {
  pthread_setname_np(pthread_self(), "grandson-thread");
  stub();
  return unused;
}

static void* son(void* unused) {
  pthread_t thread;
  pthread_setname_np(pthread_self(), "son-thread");
  stub();
  if (pthread_create(&thread, NULL, grandson, NULL) == 0) pthread_join(thread, NULL);
  return unused;
}

int main(void) {
  pthread_t thread;
  if (fork() != 0) return wait(NULL) < 0;
  pthread_setname_np(pthread_self(), "parent-thread");
  if (pthread_create(&thread, NULL, son, NULL) != 0) return 2;
  return pthread_join(thread, NULL);
}
