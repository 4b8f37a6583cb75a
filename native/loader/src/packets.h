/*
 * packets.h: what programs hand on by bpf_skb_output: records of perf, in one buffer for each cpu. Only the
 * kernel can copy a packet that lies in several pieces, and only into such a buffer.
 */
#ifndef PROBEWRIGHT_PACKETS_H
#define PROBEWRIGHT_PACKETS_H

#include <stddef.h>
#include <stdint.h>

struct packets;

/* Puts a buffer of each online cpu into the map (owned). NULL with errno set. */
struct packets* packets_open(int map_fd);
void packets_close(struct packets* packets);

unsigned packets_cpus(const struct packets* packets);

/* Calls `take` for each record of one cpu that was there before the call. The bytes may have padding at their
 * end. */
struct packet_taker {
  void (*take)(void* context, const uint8_t* bytes, uint32_t length);
  void* context;
};
void packets_take(struct packets* packets, unsigned cpu, struct packet_taker taker);

#endif
