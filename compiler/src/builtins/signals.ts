/** Names of signals, as Linux numbers them on x86 and arm64. */

/** Source: arch/x86/include/uapi/asm/signal.h; the place in the list is the number less one. */
const names = [
  "HUP",
  "INT",
  "QUIT",
  "ILL",
  "TRAP",
  "ABRT",
  "BUS",
  "FPE",
  "KILL",
  "USR1",
  "SEGV",
  "USR2",
  "PIPE",
  "ALRM",
  "TERM",
  "STKFLT",
  "CHLD",
  "CONT",
  "STOP",
  "TSTP",
  "TTIN",
  "TTOU",
  "URG",
  "XCPU",
  "XFSZ",
  "VTALRM",
  "PROF",
  "WINCH",
  "IO",
  "PWR",
  "SYS",
];

const alternatives: Readonly<Record<string, string>> = { IOT: "ABRT", POLL: "IO", CLD: "CHLD" };

/** By name, with or without `SIG`. */
export function signalNumber(text: string): number | undefined {
  const name = text.startsWith("SIG") ? text.slice("SIG".length) : text;
  const index = names.indexOf(alternatives[name] ?? name);
  return index === -1 ? undefined : index + 1;
}
