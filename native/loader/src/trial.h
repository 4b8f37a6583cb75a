/*
 * trial.h: does what every run needs once, in the smallest form, and says whether the kernel lets us: what it
 * has and what we may do are two things, as in a container.
 */
#ifndef PROBEWRIGHT_TRIAL_H
#define PROBEWRIGHT_TRIAL_H

/* One line each: "trial NAME ERRNO", with 0 for what works. Nothing is attached, nothing stays. The exit
 * status. */
int print_trials(void);

#endif
