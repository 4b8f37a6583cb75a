/*
 * Loads a library when it runs already, has it call back, and has children that do the same, until it is killed.
 * Argument: the library.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int sink;

__attribute__((noinline, noclone)) int called_back(int n) {
  sink += n;
  return sink * 3;
}

int main(int argc, char **argv) {
  void *library = argc > 1 ? dlopen(argv[1], RTLD_NOW) : NULL;
  if (library == NULL) return 1;
  int (*call_back)(int (*)(int), int) = (int (*)(int (*)(int), int))dlsym(library, "call_back");
  for (;;) {
    pid_t child = fork();
    sink += call_back(called_back, 1);
    usleep(5000);
    if (child == 0) _exit(0);
    waitpid(child, NULL, 0);
  }
}
