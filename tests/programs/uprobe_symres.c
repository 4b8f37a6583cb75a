/* uprobe_symres.c: main calls test2, which calls test, once, and lives on; with EXIT defined it ends at once. */
#include <unistd.h>

__attribute__((noipa)) int test(int value) {
  __asm__ volatile("" ::: "memory");
  return value + 1;
}

__attribute__((noipa)) int test2(int value) {
  int result = test(value);
  __asm__ volatile("" ::: "memory");
  return result + 1;
}

int main(void) {
  int result = test2(1);
#ifndef EXIT
  sleep(2);
#endif
  return result != 3;
}
