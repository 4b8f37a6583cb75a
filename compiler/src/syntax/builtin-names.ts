/** Names that are always builtins: no macro can have them, and no cast, macro parameter or first record field is named so. */

const NAMES: ReadonlySet<string> = new Set([
  "args",
  "ctx",
  "kstack",
  "ustack",
  "nsecs",
  "pid",
  "tid",
  "__builtin_comm",
  "__builtin_cpid",
  "__builtin_cpu",
  "__builtin_dw_ustack",
  "__builtin_elapsed",
  "__builtin_func",
  "__builtin_ncpus",
  "__builtin_probe",
  "__builtin_retval",
  "__builtin_usermode",
]);

/** Also `arg0`, `arg1`, … and `arg` itself, and `sarg0`, `sarg1`, …, which say later what became of them. */
export function isBuiltinName(name: string): boolean {
  return NAMES.has(name) || /^(arg[0-9]*|sarg[0-9]+)$/.test(name);
}
