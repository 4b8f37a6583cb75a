/* uprobe_library.c: reads from a file by the C library. */
#include <stdio.h>

int main(void) {
  enum { BYTES = 10 };
  char bytes[BYTES];
  FILE* file = fopen("/proc/self/comm", "r");
  if (file == NULL) return 2;
  size_t count = fread(bytes, 1, BYTES, file);
  return fclose(file) != 0 || count == 0;
}
