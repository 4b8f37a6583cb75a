/*
 * traced.c: a program to put uprobes and watchpoints on. Prints two file offsets and an address, then for
 * each line of its input calls `traced` and writes `watched` 3 times each.
 */
#include <stdio.h>

static volatile unsigned short semaphore __attribute__((section(".probes"), used));
static volatile long watched;

__attribute__((noinline)) int traced(int value) {
  __asm__ volatile("");
  return value * 3 + 1;
}

/* Where in the file something of this program lies. */
static long file_offset(const void* address) {
  FILE* maps = fopen("/proc/self/maps", "r");
  unsigned long start, end, offset, wanted = (unsigned long)address;
  char line[512];
  while (maps != NULL && fgets(line, sizeof line, maps) != NULL)
    if (sscanf(line, "%lx-%lx %*s %lx", &start, &end, &offset) == 3 && wanted >= start && wanted < end)
      return (long)(wanted - start + offset);
  return -1;
}

int main(void) {
  char line[16];
  printf("%ld %ld %lu\n", file_offset((const void*)traced), file_offset((const void*)&semaphore),
         (unsigned long)&watched);
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) != NULL) {
    int sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += traced(i);
      watched = i;
    }
    printf("%d %d\n", sum, (int)semaphore);
    fflush(stdout);
  }
  return 0;
}
