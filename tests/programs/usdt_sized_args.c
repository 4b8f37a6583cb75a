/* usdt_sized_args.c: static probes whose arguments have sizes and signs. */
#include "sdt.h"

#include <stdint.h>
#include <unistd.h>

int main(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  for (int round = 0; round < ROUNDS; round++) {
    volatile uint32_t first = 0xffffffff;
    volatile uint32_t second = 1;
    SDT_PROBE_ARGS("test", "probe1", "4@%[a]", [a] "m"(first));
    SDT_PROBE_ARGS("test", "probe2", "4@%[a]", [a] "m"(second));
    usleep(PAUSE_MICROSECONDS);
  }
  return 0;
}
