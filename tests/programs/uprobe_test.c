/* uprobe_test.c: functions with arguments of several types, called again and again. Line 22 must start uprobeFunction1. */
#include <unistd.h>

struct Foo {
  int a;
  char b[10];
  int c[3];
};

struct Bar {
  struct Foo* foos[2];
};

int GLOBAL_A = 0x55555555;
int GLOBAL_B = 0x88888888;
int GLOBAL_C = 0x33333333;

/*
 * The line that a test names: keep it where it is.
 */

__attribute__((noipa)) int uprobeFunction1(int* n, char c) {
  return c - *n;
}

__attribute__((noipa)) char uprobeFunction2(struct Foo* foo1, struct Foo* foo2) {
  return foo1->b[0] == foo2->b[0];
}

__attribute__((noipa)) int uprobeFunctionBar(struct Bar* bar) {
  return bar->foos[0]->a + bar->foos[1]->a;
}

int main(int argc, char** argv) {
  (void)argv;
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  int n = 13, sum = 0;
  struct Foo foo1 = {.a = 123, .b = "hello", .c = {1, 2, 3}};
  struct Foo foo2 = {.a = 456, .b = "world", .c = {4, 5, 6}};
  struct Bar bar = {.foos = {&foo1, &foo2}};
  for (int round = 0; round < ROUNDS; round++) {
    sum += uprobeFunction1(&n, 'x') + uprobeFunction2(&foo1, &foo2) + uprobeFunctionBar(&bar);
    usleep(PAUSE_MICROSECONDS);
  }
  return sum == argc;
}
