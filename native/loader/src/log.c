/* log.c: see log.h. */
#include "log.h"

#include "../../abi/frames.h"

#include <bpf/libbpf.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define LINE_BYTES 2048

static struct log* installed;

static uint32_t level_of(enum libbpf_print_level level) {
  switch (level) {
  case LIBBPF_WARN: return FRAME_LOG_WARNING;
  case LIBBPF_INFO: return FRAME_LOG_INFO;
  default: return FRAME_LOG_DEBUG;
  }
}

/* What says nothing that ERROR or LOAD_FAILED does not say, or gives advice that does not hold here. */
static bool is_noise(const char* line) {
  return strstr(line, "ulimit") || strstr(line, "failed to load object");
}

/* Keeps the newest text; what is older falls out at the front. */
static void remember(struct log* log, const char* line, size_t length) {
  const char* separator = log->recent[0] == '\0' ? "" : "; ";
  size_t added = strlen(separator) + length, used = strlen(log->recent);
  if (added >= sizeof log->recent) return;
  if (used + added >= sizeof log->recent) {
    log->recent[0] = '\0';
    used = 0;
    separator = "";
  }
  (void)snprintf(log->recent + used, sizeof log->recent - used, "%s%.*s", separator, (int)length, line);
}

__attribute__((format(printf, 2, 0))) static int print(enum libbpf_print_level level, const char* format,
                                                       va_list arguments) {
  struct log* log = installed;
  uint32_t ours = level_of(level);
  if (log == NULL || (ours > log->level && ours != FRAME_LOG_WARNING)) return 0;
  char line[LINE_BYTES];
  int wanted = vsnprintf(line, sizeof line, format, arguments);
  if (wanted <= 0) return 0;
  static const char prefix[] = "libbpf: ";
  const char* said = strncmp(line, prefix, sizeof prefix - 1) == 0 ? line + sizeof prefix - 1 : line;
  size_t length = strcspn(said, "\n");
  if (ours == FRAME_LOG_WARNING && !is_noise(said)) remember(log, said, length);
  if (ours <= log->level && log->out->limit == 0) {
    output_begin(log->out, NOTICE_LOG, 8 + length);
    put_u32(log->out, ours);
    put_bytes(log->out, said, length);
    output_end(log->out);
  }
  return wanted;
}

void log_install(struct log* log) {
  installed = log;
  libbpf_set_print(print);
}

void log_forget_recent(struct log* log) {
  log->recent[0] = '\0';
}
