/* log.h: what libbpf has to say: notices for a verbose host, and the last warnings for an error's text. */
#ifndef PROBEWRIGHT_LOG_H
#define PROBEWRIGHT_LOG_H

#include "output.h"

#include <stddef.h>
#include <stdint.h>

struct log {
  struct output* out; /* borrowed */
  uint32_t level;     /* enum frame_log_level: what the host wants to see */
  char recent[1024];  /* the last warnings, oldest first, without their line ends */
};

/* libbpf's print function takes no context: this is the one thing that the program keeps in a global. */
void log_install(struct log* log);
void log_forget_recent(struct log* log);

#endif
