/* syscall.c: makes one system call: `syscall nanosleep NANOSECONDS|read|open|openat|execve PROGRAM [ARGUMENT]...`. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

static int sleep_for(const char* text) {
  long nanoseconds = (long)strtod(text, NULL);
  struct timespec duration = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
  return (int)syscall(SYS_nanosleep, &duration, NULL);
}

static int open_scratch(int by_directory) {
  char path[PATH_BYTES];
  const char* folder = getenv("TMPDIR");
  (void)snprintf(path, sizeof path, "%s/bpftrace_runtime_test_syscall_gen_open_temp",
                 folder == NULL ? "/tmp" : folder);
  int file = by_directory ? (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT, 0600)
                          : (int)syscall(SYS_open, path, O_CREAT, 0600);
  if (file < 0) return 1;
  close(file);
  unlink(path);
  return 0;
}

static int read_nothing(void) {
  char bytes[10];
  int file = open("/dev/null", O_RDONLY);
  return file < 0 || syscall(SYS_read, file, bytes, sizeof bytes) < 0;
}

int main(int argc, char** argv) {
  const char* name = argc < 2 ? "" : argv[1];
  if (strcmp(name, "nanosleep") == 0) return sleep_for(argc < 3 ? "1e8" : argv[2]) != 0;
  if (strcmp(name, "read") == 0) return read_nothing();
  if (strcmp(name, "open") == 0) return open_scratch(0);
  if (strcmp(name, "openat") == 0) return open_scratch(1);
  if (strcmp(name, "execve") == 0 && argc > 2) return (int)syscall(SYS_execve, argv[2], argv + 2, NULL);
  (void)fprintf(stderr, "usage: syscall nanosleep|read|open|openat|execve ...\n");
  return 2;
}
