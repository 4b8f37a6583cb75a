/*
 * probewright-loader: loads and attaches BPF programs for a host that drives it over stdin and stdout.
 * See native/abi/PROTOCOL.md. Options: --version; --try: whether the kernel lets us do what runs need; for
 * root --list: the kernel's own list of programs and links; --list-functions: of the functions of loaded
 * programs.
 */
#include "listing.h"
#include "privilege.h"
#include "serve.h"
#include "trial.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* So that no file we open becomes one of the standard three. */
static int check_standard_descriptors(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl(fd, F_GETFD) < 0) return -errno;
  return 0;
}

/* Terminals, timeout(1) and service managers signal whole groups: what it means is the host's to decide. */
static void ignore_signals(void) {
  static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGTSTP, SIGUSR1, SIGUSR2};
  for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
    (void)signal(ignored[i], SIG_IGN);
}

static int refuse_to_start(const char* what, int error) {
  (void)fprintf(stderr, "probewright-loader: %s: %s\n", what, strerror(-error));
  return EXIT_CANNOT_START;
}

static int serve(const struct privilege* privilege) {
  struct session session;
  int error = session_open(&session, privilege, STDIN_FILENO, STDOUT_FILENO);
  if (error != 0) return refuse_to_start("cannot start", error);
  int status = (int)serve_host(&session);
  session_close(&session);
  /*
   * The kernel may take seconds to close many tracepoints when the process ends, and would close these last:
   * a host that waits for the end of our output need not wait for that.
   */
  close(STDIN_FILENO);
  close(STDOUT_FILENO);
  return status;
}

int main(int count, char** arguments) {
  int error = check_standard_descriptors();
  if (error != 0) return EXIT_CANNOT_START;
  ignore_signals();
  struct privilege privilege;
  error = establish_privilege(&privilege);
  if (error != 0) return refuse_to_start("cannot drop privileges", error);
  (void)prctl(PR_SET_NAME, "probewright");
  if (count == 2 && strcmp(arguments[1], "--version") == 0)
    return puts("probewright-loader " LOADER_VERSION) < 0;
  if (count == 2 && strcmp(arguments[1], "--try") == 0) return print_trials();
  if (count == 2 && strcmp(arguments[1], "--list") == 0) return print_listing(LISTING_ALL, &privilege);
  if (count == 2 && strcmp(arguments[1], "--list-functions") == 0)
    return print_listing(LISTING_FUNCTIONS, &privilege);
  if (count == 1) return serve(&privilege);
  (void)fputs(
      "usage: probewright-loader [--version | --try | --list | --list-functions]; without an option it "
      "serves a host\n",
      stderr);
  return EXIT_CANNOT_START;
}
