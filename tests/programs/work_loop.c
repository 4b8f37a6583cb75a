/* work_loop.c: keeps a processor busy for ten seconds. */
#include <time.h>

int main(void) {
  time_t end = time(NULL) + 10;
  while (time(NULL) < end)
    continue;
  return 0;
}
