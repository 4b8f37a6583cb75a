/* usdt_inlined.c: one static probe in a function that the compiler puts into two callers, so it has two sites. */
#include "sdt.h"

#include <time.h>
#include <unistd.h>

static inline __attribute__((always_inline)) long myclock(int kind) {
  long now = (long)time(NULL);
  SDT_PROBE_ARGS("tracetest", "testprobe", "8@%[a] -4@%[b]", [a] "nor"(now), [b] "nor"(kind));
  return now;
}

static inline __attribute__((always_inline)) long mywrapper_inlined(int kind) { return myclock(kind); }

__attribute__((noipa)) long mywrapper(void) {
  long now = mywrapper_inlined(100);
  __asm__ volatile("" ::: "memory");
  return now;
}

__attribute__((noipa)) void loop(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  for (int round = 0; round < ROUNDS; round++) {
    myclock(999);
    mywrapper();
    usleep(PAUSE_MICROSECONDS);
  }
}

int main(void) {
  loop();
  return 0;
}
