/* sandbox.h: the system calls that are left after SEAL. */
#ifndef PROBEWRIGHT_SANDBOX_H
#define PROBEWRIGHT_SANDBOX_H

/* Everything else fails with EPERM from now on. 0; -errno; 0 too where the kernel has no such filters. */
int install_filter(void);

#endif
