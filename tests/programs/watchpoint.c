/* watchpoint.c: writes to a variable again and again, and its address to /tmp/watchpoint_mem. */
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static volatile uint64_t watched;

int main(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  FILE* file = fopen("/tmp/watchpoint_mem", "w");
  if (file == NULL) return 2;
  (void)fprintf(file, "%p\n", (void*)&watched);
  (void)fclose(file);
  for (uint64_t round = 0; round < ROUNDS; round++) {
    watched = round;
    usleep(PAUSE_MICROSECONDS);
  }
  return 0;
}
