/*
 * attach-kinds.h: one function for each kind of ATTACH; each reads the rest of the payload, checks it whole,
 * then attaches. attach-event.c: tracepoint, perf event, breakpoint; attach-probe.c: kprobe, uprobe;
 * attach-tracing.c: the rest.
 */
#ifndef PROBEWRIGHT_ATTACH_KINDS_H
#define PROBEWRIGHT_ATTACH_KINDS_H

#include "attachment.h"

int attach_tracepoint(const struct attachment* to, struct reader* in);
int attach_perf_event(const struct attachment* to, struct reader* in);
int attach_breakpoint(const struct attachment* to, struct reader* in);
int attach_kprobe(const struct attachment* to, struct reader* in);
int attach_kprobe_multi(const struct attachment* to, struct reader* in);
int attach_uprobe(const struct attachment* to, struct reader* in);
int attach_uprobe_multi(const struct attachment* to, struct reader* in);
int attach_raw_tracepoint(const struct attachment* to, struct reader* in);
int attach_tracing(const struct attachment* to, struct reader* in);
int attach_iterator(const struct attachment* to, struct reader* in);

#endif
