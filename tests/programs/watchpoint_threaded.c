/* watchpoint_threaded.c: a second thread writes to address 0x10000000 again and again; with an argument it starts after a while. */
#include <pthread.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

static void* const place = (void*)0x10000000;
enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000, DELAY_MICROSECONDS = 500000 };

static void* write_often(void* unused) {
  volatile char* watched = place;
  for (int round = 0; round < ROUNDS; round++) {
    *watched = (char)round;
    usleep(PAUSE_MICROSECONDS);
  }
  return unused;
}

int main(int argc, char** argv) {
  (void)argv;
  pthread_t thread;
  void* memory = mmap(place, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (memory != place) return 2;
  if (argc > 1) usleep(DELAY_MICROSECONDS);
  if (pthread_create(&thread, NULL, write_often, NULL) != 0) return 2;
  return pthread_join(thread, NULL);
}
