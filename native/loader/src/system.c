/* system.c: see system.h. */
#include "system.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
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

/* The largest number that any of our architectures is built for. */
#define MOST_POSSIBLE_CPUS 8192u

/* Fills a map's one value for all cpus, and sees how far the kernel wrote; -errno where there may be no maps.
 */
static int count_by_map(void) {
  static uint64_t values[MOST_POSSIBLE_CPUS];
  int fd = bpf_map_create(BPF_MAP_TYPE_PERCPU_ARRAY, "cpus", sizeof(uint32_t), sizeof *values, 1, NULL);
  if (fd < 0) return fd;
  memset(values, 0xff, sizeof values);
  uint32_t key = 0;
  int error = bpf_map_lookup_elem(fd, &key, values);
  close(fd);
  if (error != 0) return error;
  unsigned count = 0;
  while (count < MOST_POSSIBLE_CPUS && values[count] == 0)
    count++;
  return (int)count;
}

int count_possible_cpus(void) {
  int count = count_by_map();
  return count > 0 ? count : libbpf_num_possible_cpus();
}

/* Where /sys is hidden: all that may be there; those that are not are passed over when they are opened. */
static int list_possible_cpus(struct cpu_list* cpus) {
  int count = count_possible_cpus();
  if (count <= 0) return count == 0 ? -ENODEV : count;
  cpus->numbers = calloc((size_t)count, sizeof *cpus->numbers);
  if (cpus->numbers == NULL) return -ENOMEM;
  for (; cpus->count < (unsigned)count; cpus->count++)
    cpus->numbers[cpus->count] = cpus->count;
  return 0;
}

int read_online_cpus(struct cpu_list* cpus) {
  *cpus = (struct cpu_list){0};
  char text[4096] = "";
  int got = read_small_file("/sys/devices/system/cpu/online", text, sizeof text);
  if (got < 0) return list_possible_cpus(cpus);
  int error = parse_cpu_list(text, cpus);
  if (error != 0) free_cpu_list(cpus);
  return error;
}

void free_cpu_list(struct cpu_list* cpus) {
  free(cpus->numbers);
  *cpus = (struct cpu_list){0};
}
