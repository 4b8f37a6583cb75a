/*
 * mountns_wrapper.c: `mountns_wrapper NAME` runs the program of that name beside it from a folder that only its own
 * mount namespace has.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <libgen.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };
static const char folder[] = "/tmp/bpftrace-unshare-mountns-test";

static int copy(const char* from, const char* to) {
  struct stat status;
  int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT, 0755);
  if (in < 0 || out < 0 || fstat(in, &status) != 0) return -1;
  for (off_t left = status.st_size; left > 0;) {
    ssize_t moved = sendfile(out, in, NULL, (size_t)left);
    if (moved <= 0) return -1;
    left -= moved;
  }
  close(in);
  return close(out);
}

int main(int argc, char** argv) {
  char from[2 * PATH_BYTES], to[PATH_BYTES], own[PATH_BYTES] = {0};
  if (argc < 2 || readlink("/proc/self/exe", own, sizeof own - 1) < 0) return 2;
  (void)snprintf(from, sizeof from, "%s/%s", dirname(own), argv[1]);
  (void)snprintf(to, sizeof to, "%s/%s", folder, argv[1]);
  (void)mkdir(folder, 0755);
  if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
      mount("tmpfs", folder, "tmpfs", 0, NULL) != 0 || copy(from, to) != 0) {
    perror("mountns_wrapper");
    return 2;
  }
  execl(to, argv[1], (char*)NULL);
  perror(to);
  return 2;
}
