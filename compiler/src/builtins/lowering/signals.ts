/** Numbers of signals by name without `SIG`. Source: include/uapi/asm-generic/signal.h. */

const names =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU " +
  "XFSZ VTALRM PROF WINCH IO PWR SYS";

/** Signal n is at n - 1. */
export const signalNames: readonly string[] = names.split(" ");

export const signalNumbers: Readonly<Record<string, number>> = {
  ...Object.fromEntries(signalNames.map((name, i) => [name, i + 1])),
  IOT: 6,
  CLD: 17,
  POLL: 29,
};
