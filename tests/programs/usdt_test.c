/* usdt_test.c: three static probes of two providers, each with a time and a text, fired again and again. */
#include "sdt.h"

#include <time.h>
#include <unistd.h>

#define FIRE(provider, name, text)                                                                           \
  SDT_PROBE_ARGS(provider, name, "8@%[a] 8@%[b]", [a] "nor"((long)time(NULL)), [b] "nor"(text))

int main(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  static const char* volatile texts[] = {"Hello World1", "Hello World2", "Hello World3"};
  for (int round = 0; round < ROUNDS; round++) {
    /* a probe cannot read what is not in memory yet */
    (void)*(volatile const char*)texts[0];
    FIRE("tracetest", "testprobe", texts[0]);
    FIRE("tracetest", "testprobe2", texts[1]);
    FIRE("tracetest2", "testprobe2", texts[2]);
    usleep(PAUSE_MICROSECONDS);
  }
  return 0;
}
