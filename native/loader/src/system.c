/* system.c: see system.h. */
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int read_small_file(const char* path, char* text, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -errno;
  ssize_t got = read(fd, text, size - 1);
  int error = got < 0 ? -errno : 0;
  close(fd);
  text[got < 0 ? 0 : got] = '\0';
  return error != 0 ? error : (int)got;
}

int read_number_file(const char* path, uint64_t* number) {
  char text[32];
  int got = read_small_file(path, text, sizeof text);
  if (got < 0) return got;
  char* end;
  errno = 0;
  *number = strtoull(text, &end, 10);
  return errno != 0 || end == text ? -EINVAL : 0;
}

/* "0-3,8,10-11" as the kernel prints it. */
static int parse_cpu_list(const char* text, struct cpu_list* cpus) {
  enum { MOST_CPUS = 65536 };
  while (*text >= '0' && *text <= '9') {
    char* end;
    unsigned long first = strtoul(text, &end, 10), last = first;
    if (*end == '-') last = strtoul(end + 1, &end, 10);
    if (last < first || last >= MOST_CPUS) return -EINVAL;
    unsigned* numbers = realloc(cpus->numbers, (cpus->count + last - first + 1) * sizeof *numbers);
    if (numbers == NULL) return -ENOMEM;
    cpus->numbers = numbers;
    for (; first <= last; first++)
      cpus->numbers[cpus->count++] = (unsigned)first;
    text = *end == ',' ? end + 1 : end;
  }
  return cpus->count > 0 ? 0 : -EINVAL;
}

int read_online_cpus(struct cpu_list* cpus) {
  *cpus = (struct cpu_list){0};
  char text[4096] = "";
  int got = read_small_file("/sys/devices/system/cpu/online", text, sizeof text);
  if (got < 0) return got;
  int error = parse_cpu_list(text, cpus);
  if (error != 0) free_cpu_list(cpus);
  return error;
}

void free_cpu_list(struct cpu_list* cpus) {
  free(cpus->numbers);
  *cpus = (struct cpu_list){0};
}
