/* usdt_multi_args.c: a static probe with twelve arguments, more than there are argument registers. */
#include "sdt.h"

#include <stdint.h>

int main(void) {
  volatile uint64_t values[] = {0xdeadbeef,         1,          UINT64_MAX,         0xcafebabe,
                                       0x8badf00d,         0xfeedface, 0x0123456789abcdef, 0,
                                       0x7fffffffffffffff, 0x5555555555555555, 42, 0xaaaaaaaaaaaaaaaa};
  SDT_PROBE_ARGS("usdt_multi_args", "probe1",
                 "8@%[a] 8@%[b] 8@%[c] 8@%[d] 8@%[e] 8@%[f] 8@%[g] 8@%[h] 8@%[i] 8@%[j] -8@%[k] 8@%[l]",
                 [a] "m"(values[0]), [b] "m"(values[1]), [c] "m"(values[2]), [d] "m"(values[3]),
                 [e] "m"(values[4]), [f] "m"(values[5]), [g] "m"(values[6]), [h] "m"(values[7]),
                 [i] "m"(values[8]), [j] "m"(values[9]), [k] "m"(values[10]), [l] "m"(values[11]));
  return 0;
}
