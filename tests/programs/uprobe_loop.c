/* uprobe_loop.c: main calls spin, spin calls uprobeFunction1, for ten seconds. */
#include <time.h>
#include <unistd.h>

__attribute__((noipa)) int uprobeFunction1(int value) {
  __asm__ volatile("" ::: "memory");
  return value + 1;
}

__attribute__((noipa)) int spin(time_t end) {
  enum { PAUSE_MICROSECONDS = 10000 };
  int value = 0;
  while (time(NULL) < end) {
    value = uprobeFunction1(value);
    usleep(PAUSE_MICROSECONDS);
  }
  return value;
}

int main(void) {
  int value = spin(time(NULL) + 10);
  return value < 0;
}
