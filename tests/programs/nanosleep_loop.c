/* nanosleep_loop.c: sleeps ten milliseconds a thousand times. */
#include <time.h>

int main(void) {
  enum { ROUNDS = 1000, PAUSE_NANOSECONDS = 10000000 };
  struct timespec pause = {.tv_nsec = PAUSE_NANOSECONDS};
  for (int round = 0; round < ROUNDS; round++)
    (void)nanosleep(&pause, NULL);
  return 0;
}
