/* usdt_lib.c: calls a library that has a static probe, again and again. */
#include <unistd.h>

void call_library_probe(int value);

int main(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  for (int round = 0; round < ROUNDS; round++) {
    call_library_probe(round);
    usleep(PAUSE_MICROSECONDS);
  }
  return 0;
}
