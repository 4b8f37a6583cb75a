/* Calls work() every hundredth of a second, until it is ended. */
#include <unistd.h>

__attribute__((noinline)) int work(int round) {
  __asm__ volatile("");
  return round + 1;
}

int main(void) {
  for (int round = 0;; round = work(round))
    usleep(10000);
}
