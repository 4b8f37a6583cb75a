/* multi_procs.c: a process that starts a process that starts a process, each with a name of its own. */
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noipa)) void stub(void) { __asm__ volatile("" ::: "memory"); }

int main(void) {
  static const char* const names[] = {"parent-proc", "son-proc", "grandson-proc"};
  enum { GENERATIONS = sizeof names / sizeof names[0] };
  for (int generation = 0; generation < GENERATIONS; generation++) {
    prctl(PR_SET_NAME, names[generation]);
    stub();
    if (generation + 1 == GENERATIONS || fork() != 0) break;
  }
  while (wait(NULL) > 0)
    continue;
  return 0;
}
