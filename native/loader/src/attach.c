/* attach.c: finds the function of a kind. See attach.h. */
#include "attach.h"

#include "attach-kinds.h"

#include <errno.h>

static int attach_kind(const struct attachment* to, uint16_t kind, struct reader* in) {
  switch (kind) {
  case ATTACH_TRACEPOINT: return attach_tracepoint(to, in);
  case ATTACH_RAW_TRACEPOINT: return attach_raw_tracepoint(to, in);
  case ATTACH_TRACING: return attach_tracing(to, in);
  case ATTACH_KPROBE: return attach_kprobe(to, in);
  case ATTACH_KPROBE_MULTI: return attach_kprobe_multi(to, in);
  case ATTACH_UPROBE: return attach_uprobe(to, in);
  case ATTACH_UPROBE_MULTI: return attach_uprobe_multi(to, in);
  case ATTACH_PERF_EVENT: return attach_perf_event(to, in);
  case ATTACH_BREAKPOINT: return attach_breakpoint(to, in);
  case ATTACH_ITERATOR: return attach_iterator(to, in);
  default: return fail(to->why, -EPROTO, "frame", "unknown kind of attachment: %u", kind);
  }
}

int attach(const struct object* object, struct links* links, const struct privilege* privilege,
           struct reader* in, struct link** link, struct failure* why) {
  struct name name;
  uint32_t id = read_u32(in);
  read_name(in, &name);
  struct attachment to = {.privilege = privilege, .why = why, .cookie = read_u64(in)};
  uint16_t kind = read_u16(in);
  if (in->bad) return fail(why, -EPROTO, "frame", "ATTACH is malformed");
  struct program* program;
  to.program_fd = find_loaded_program(object, name.text, &program, why);
  if (to.program_fd < 0) return to.program_fd;
  to.program = program;
  int error = links_add(links, id, link, why);
  if (error != 0) return error;
  to.link = *link;
  error = attach_kind(&to, kind, in);
  if (error != 0) {
    struct failure ignored;
    const struct patience none = {.meanwhile = NULL};
    (void)links_remove(links, id, none, &ignored);
  }
  return error;
}
