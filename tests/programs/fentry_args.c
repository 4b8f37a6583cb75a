/* fentry_args.c: `fentry_args COMMAND SIZE` makes a bpf system call that the kernel refuses as too big. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char** argv) {
  static char attributes[8192];
  if (argc < 3) return 2;
  for (size_t i = 0; i < sizeof attributes; i++)
    attributes[i] = 1;
  long result = syscall(SYS_bpf, atoi(argv[1]), attributes, (unsigned)atoi(argv[2]));
  return result != -1;
}
