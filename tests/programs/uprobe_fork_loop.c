/* uprobe_fork_loop.c: parent and child call the same function again and again. */
#include <unistd.h>

__attribute__((noipa)) int uprobeFunction1(int value) {
  __asm__ volatile("" ::: "memory");
  return value + 1;
}

int main(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  if (fork() < 0) return 2;
  int value = 0;
  for (int round = 0; round < ROUNDS; round++) {
    value = uprobeFunction1(value);
    usleep(PAUSE_MICROSECONDS);
  }
  return value != ROUNDS;
}
