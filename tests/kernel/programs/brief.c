/* brief.c: is over before anybody could look at it. "forks" lets a child that is gone first do the work. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((noinline)) int work(int amount) {
  __asm__ volatile("" : "+r"(amount));
  return amount * 2;
}

int main(int count, char **arguments) {
  if (count < 2 || strcmp(arguments[1], "forks") != 0) return work(2) == 4 ? 0 : 1;
  if (fork() == 0) return work(3) == 6 ? 0 : 1;
  (void)wait(NULL);
  return 0;
}
