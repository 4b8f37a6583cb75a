/*
 * listing.h: the kernel's own list of BPF programs and links, for checks that nothing was left behind; and of
 * the functions of the programs, which can be traced.
 */
#ifndef PROBEWRIGHT_LISTING_H
#define PROBEWRIGHT_LISTING_H

#include "privilege.h"

enum listing { LISTING_ALL, LISTING_FUNCTIONS };

/*
 * One line each: "program ID TYPE NAME", "link ID TYPE PROGRAM-ID"; or "function PROGRAM-ID NAME", with the
 * whole name. The kernel gives it to root only. The exit status: 0, or 1 with a line on stderr.
 */
int print_listing(enum listing listing, const struct privilege* privilege);

#endif
