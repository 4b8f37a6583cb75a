/* usdt_semaphore_test.c: a static probe behind a semaphore, which tells in its second argument how many trace it. */
#include "sdt.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

SDT_SEMAPHORE(tracetest_testprobe_semaphore);

int main(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  char text[64];
  for (int round = 0; round < ROUNDS; round++) {
    const volatile unsigned short* tracers = &tracetest_testprobe_semaphore;
    if (*tracers != 0) {
      (void)snprintf(text, sizeof text, "USDT semaphore: %d", *tracers);
      SDT_PROBE_SEMAPHORE("tracetest", "testprobe", tracetest_testprobe_semaphore, "8@%[a] 8@%[b]",
                          [a] "nor"((long)time(NULL)), [b] "nor"(text));
    }
    usleep(PAUSE_MICROSECONDS);
  }
  return 0;
}
