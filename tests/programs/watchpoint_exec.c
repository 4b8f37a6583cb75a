/* watchpoint_exec.c: puts a function at address 0x10000000 and calls it again and again. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int main(void) {
  enum { ROUNDS = 1000, PAUSE_MICROSECONDS = 10000 };
  void* const place = (void*)0x10000000;
  static const unsigned char code[] = {0x90, 0xc3}; /* nop; ret */
  void* memory = mmap(place, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  if (memory != place) return 2;
  memcpy(memory, code, sizeof code);
  if (mprotect(memory, 4096, PROT_READ | PROT_EXEC) != 0) return 2;
  void (*function)(void);
  memcpy(&function, &memory, sizeof function);
  for (int round = 0; round < ROUNDS; round++) {
    function();
    usleep(PAUSE_MICROSECONDS);
  }
  return 0;
}
