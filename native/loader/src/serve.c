/* serve.c: see serve.h. */
#include "serve.h"

#include "requests.h"
#include "system.h"

#include <errno.h>
#include <poll.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static int64_t clock_ns(clockid_t clock) {
  struct timespec now = {0};
  (void)clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* How far `clock` is ahead of the boot clock: of a few tries the one that was interrupted least. */
static int64_t clock_ahead(clockid_t clock) {
  int64_t ahead = 0, shortest = INT64_MAX;
  for (int i = 0; i < 3; i++) {
    int64_t before = clock_ns(CLOCK_BOOTTIME), there = clock_ns(clock), after = clock_ns(CLOCK_BOOTTIME);
    if (after - before >= shortest) continue;
    shortest = after - before;
    ahead = there - before - shortest / 2;
  }
  return ahead;
}

static void send_ready(struct session* session) {
  const struct privilege* privilege = &session->privilege;
  struct output* out = &session->out;
  struct utsname system = {0};
  struct cpu_list online;
  (void)uname(&system);
  if (read_online_cpus(&online) != 0) online = (struct cpu_list){.count = session->possible_cpus};
  output_begin(out, NOTICE_READY, 512);
  put_u32(out, PROBEWRIGHT_ABI_VERSION);
  put_u32(out, (uint32_t)getpid());
  put_u32(out, privilege->real_user);
  put_u32(out, privilege->effective_user);
  put_u64(out, privilege->capabilities);
  put_u32(out, session->possible_cpus);
  put_u32(out, online.count);
  put_u32(out, (uint32_t)sysconf(_SC_PAGESIZE));
  put_u32(out, privilege->unprivileged ? 0 : READY_MAY_PIN | READY_MAY_INTERFERE);
  put_text(out, system.release);
  put_i64(out, clock_ahead(CLOCK_REALTIME));
  put_i64(out, clock_ahead(CLOCK_TAI));
  put_text(out, LOADER_VERSION);
  output_end(out);
  free_cpu_list(&online);
}

static void break_stream(struct session* session, int error, const char* text) {
  struct failure why;
  fail(&why, error, "frame", "%s", text);
  send_error(&session->out, 0, error, &why);
  session->ended = true;
  session->status = EXIT_BROKEN_STREAM;
}

/* Serves whole frames as long as the host reads what they lead to. */
static void serve_input(struct session* session) {
  struct frame frame;
  while (!session->ended && output_pending(&session->out) < OUTPUT_HIGH_WATER) {
    int taken = input_take(&session->in, &frame);
    if (taken == -EMSGSIZE) break_stream(session, taken, "a frame is longer than its type allows");
    if (taken == -EPROTO) break_stream(session, taken, "a frame header has flags");
    if (taken <= 0) break;
    serve_request(session, &frame);
    output_flush_some(&session->out);
  }
  if (session->ended || !session->in.ended || output_pending(&session->out) >= OUTPUT_HIGH_WATER) return;
  if (input_is_cut(&session->in)) break_stream(session, -EPROTO, "the input ends inside a frame");
  session->ended = true;
}

/* Waits for the host or for the time of the next look at the rings. */
static void wait_for_work(struct session* session) {
  bool full = output_pending(&session->out) >= OUTPUT_HIGH_WATER;
  struct pollfd polls[2] = {
      {.fd = full || session->in.ended ? -1 : session->in.fd, .events = POLLIN},
      {.fd = session->out.fd, .events = output_pending(&session->out) > 0 ? POLLOUT : 0},
  };
  uint32_t interval = full ? 0 : events_interval(&session->events);
  const struct timespec timeout = {.tv_sec = interval / 1000000,
                                   .tv_nsec = (long)(interval % 1000000) * 1000};
  int ready = ppoll(polls, 2, interval == 0 ? NULL : &timeout, NULL);
  if (ready <= 0) return;
  if (polls[1].revents & (POLLERR | POLLHUP | POLLNVAL)) session->out.gone = true;
  if (polls[1].revents & POLLOUT) output_flush_some(&session->out);
  if (polls[0].revents == 0) return;
  int error = input_fill(&session->in);
  if (error != 0) break_stream(session, error, "the input cannot be read");
}

enum exit_status serve_host(struct session* session) {
  send_ready(session);
  while (!session->ended && !session->out.gone) {
    output_flush_some(&session->out);
    /* A request may have been left over while the output was full, so the input is looked at before waiting
     * too. */
    serve_input(session);
    pump_events(session);
    if (!session->ended && !session->out.gone) wait_for_work(session);
  }
  links_close(&session->links, (struct patience){.meanwhile = pump_events, .context = session});
  events_drain(&session->events, &session->out);
  output_flush_all(&session->out);
  return session->out.gone ? EXIT_HOST_GONE : session->status;
}
