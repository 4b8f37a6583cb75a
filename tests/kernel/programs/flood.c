/*
 * flood.c COUNT [PER_SECOND]: makes COUNT calls of close() with descriptors -1, -2, -3, ..., so that each event carries its
 * number, as fast as it can or at a rate. Prints how many it made and in how many microseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char** arguments) {
  enum { STEP = 500 };
  long calls = count > 1 ? atol(arguments[1]) : 0;
  double rate = count > 2 ? atof(arguments[2]) : 0, start = now();
  for (long i = 0; i < calls; i++) {
    close((int)(-1 - i));
    if (rate > 0 && i % STEP == 0)
      while (now() < start + (double)i / rate)
        usleep(50);
  }
  fprintf(stderr, "%ld calls in %.0f us\n", calls, (now() - start) * 1e6);
  return 0;
}
