/* Leaks a block of calloc, keeps one that grew, and frees another one that grew: 7063, 3733 and 0 bytes. */

#include <stdlib.h>

static void *grown(size_t first, size_t second, size_t third) {
  return realloc(realloc(malloc(first), second), third);
}

int main(void) {
  void *leaked = calloc(7, 1009);
  void *kept = grown(1237, 1861, 3733);
  free(grown(1249, 1873, 5003));
  return leaked == NULL || kept == NULL;
}
