/*
 * Functions that call each other in known ways, and hold their stack in all the ways that compilers have: fixed and large
 * frames, alloca, realigned frames, a library that calls back, a signal's handler.
 * Arguments: how deep to go, how often (0: until it is killed). It stays when it has finished, so that its addresses have names.
 */
#include <alloca.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ALONE __attribute__((noinline, noclone))

static volatile int sink;
static volatile char *kept;

ALONE int leaf(int n) {
  sink += n;
  return sink * 3;
}

ALONE int spills(int a, int b, int c) {
  int x[40];
  memset(x, a, sizeof x);
  for (int i = 0; i < 40; i++) sink += x[(i * a) % 40];
  return leaf(a) + leaf(b) * leaf(c) + x[b % 40];
}

ALONE int grows(int n) {
  char *p = alloca(n * 16 + 1);
  memset(p, n, n * 16);
  kept = p;
  return leaf(p[0]) + spills(n, n + 1, n + 2);
}

ALONE int down(int n) {
  if (n < 0) return 1;
  if (n == 0) return spills(1, 2, 3);
  return grows(n) + down(n - 1);
}

ALONE int large(int n) {
  char b[70000];
  memset(b, n, sizeof b);
  kept = b;
  return down(n) + b[n % 70000];
}

ALONE int realigned(int n) {
  char x[256] __attribute__((aligned(64)));
  memset(x, n, sizeof x);
  kept = x;
  return large(n) + x[n & 3];
}

ALONE void handler(int number) { sink += leaf(number); }

ALONE int compare(const void *a, const void *b) { return leaf(*(const int *)a) - *(const int *)b; }

ALONE int round_of(int n) {
  int numbers[5] = {5, 3, 4, 1, 2};
  int sum = realigned(n);
  qsort(numbers, 5, sizeof numbers[0], compare);
  raise(SIGUSR1);
  return sum + numbers[0];
}

ALONE void finished(void) { sink = 0; }

int main(int argc, char **argv) {
  int depth = argc > 1 ? atoi(argv[1]) : 2;
  int rounds = argc > 2 ? atoi(argv[2]) : 1;
  signal(SIGUSR1, handler);
  for (int i = 0; rounds == 0 || i < rounds; i++) {
    sink += round_of(depth);
    if (rounds == 0) usleep(1000);
  }
  finished();
  for (;;) pause();
}
