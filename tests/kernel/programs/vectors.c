/* Functions that begin with vector instructions, and a program that tells whether they still do what they say:
 * vectors SECONDS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FUNCTION(name, instruction)                                                                         \
  __asm__(".text\n.globl " #name "\n.type " #name ",@function\n" #name ":\n " instruction                   \
          "\n ret\n.size " #name ",.-" #name "\n");                                                         \
  void name(void)

FUNCTION(taken_for_jump, "vpor (%rdi),%xmm0,%xmm0");
FUNCTION(taken_for_branch, "vpcmpeqb (%rdi),%xmm0,%xmm0");
FUNCTION(taken_for_call, "vpsubsb (%rdi),%xmm0,%xmm0");
FUNCTION(taken_as_it_is, "vxorps %xmm0,%xmm0,%xmm0");
FUNCTION(not_probed_at_all, "vpxor (%rdi),%xmm0,%xmm0");

typedef void function(void);

static void call(function* what, unsigned char result[16]) {
  unsigned char memory[16], given[16];
  memset(memory, 5, 16);
  memset(given, 9, 16);
  __asm__ volatile("movdqu %1, %%xmm0\n mov %2, %%rdi\n call *%3\n movdqu %%xmm0, %0"
                   : "=m"(*(unsigned char(*)[16])result)
                   : "m"(given), "r"(memory), "r"(what)
                   : "rdi", "xmm0", "memory");
}

int main(int count, char** arguments) {
  function* functions[] = {taken_for_jump, taken_for_branch, taken_for_call, taken_as_it_is, not_probed_at_all};
  enum { FUNCTIONS = sizeof functions / sizeof *functions };
  unsigned char first[FUNCTIONS][16], again[16];
  time_t end = time(NULL) + (count > 1 ? atoi(arguments[1]) : 1);
  for (int i = 0; i < FUNCTIONS; i++)
    call(functions[i], first[i]);
  while (time(NULL) < end) {
    for (int i = 0; i < FUNCTIONS; i++) {
      call(functions[i], again);
      if (memcmp(first[i], again, 16) != 0) {
        printf("function %d went wrong\n", i);
        return 1;
      }
    }
  }
  puts("all went right");
  return 0;
}
