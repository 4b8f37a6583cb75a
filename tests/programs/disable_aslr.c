/* disable_aslr.c: `disable_aslr PROGRAM [ARGUMENT]...` runs a program at the addresses of its file. */
#include <stdio.h>
#include <sys/personality.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc < 2 || personality(ADDR_NO_RANDOMIZE) < 0) return 2;
  execv(argv[1], argv + 1);
  perror(argv[1]);
  return 2;
}
