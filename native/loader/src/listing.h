/* listing.h: the kernel's own list of BPF programs and links, for checks that nothing was left behind. */
#ifndef PROBEWRIGHT_LISTING_H
#define PROBEWRIGHT_LISTING_H

#include "privilege.h"

/*
 * One line each: "program ID TYPE NAME", "link ID TYPE PROGRAM-ID". The kernel gives it to root only.
 * The exit status: 0, or 1 with a line on stderr.
 */
int print_listing(const struct privilege* privilege);

#endif
