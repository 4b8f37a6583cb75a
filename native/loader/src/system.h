/* system.h: small facts of the running system, read from fixed places. */
#ifndef PROBEWRIGHT_SYSTEM_H
#define PROBEWRIGHT_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

struct cpu_list {
  unsigned* numbers; /* owned */
  unsigned count;
};

/*
 * As the kernel counts them for per-CPU maps. Containers may be shown another number in /sys: with that,
 * values would be read from where they are not. The count, or -errno.
 */
int count_possible_cpus(void);

/* 0 or -errno. */
int read_online_cpus(struct cpu_list* cpus);
void free_cpu_list(struct cpu_list* cpus);

/* Reads a small text file (a fixed path of ours) whole and terminates it. Bytes read, or -errno. */
int read_small_file(const char* path, char* text, size_t size);

/* Reads a whole number from a file of sysfs or tracefs. 0 or -errno. */
int read_number_file(const char* path, uint64_t* number);

#endif
