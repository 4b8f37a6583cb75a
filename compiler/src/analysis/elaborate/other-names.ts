/** Names that people bring along from other languages and tracers, with what they are called here. */

/** By name in lower case. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ...["null", "nullptr", "none", "nil"].map((name) => [name, "0"] as const),
  ...["execname", "procname", "process", "progname"].map((name) => [name, "comm"] as const),
  ...["timestamp", "walltimestamp", "gettimeofday_ns", "ktime"].map((name) => [name, "nsecs"] as const),
  ...["ret", "rc", "returnval", "return_value"].map((name) => [name, "retval"] as const),
  ...["println", "puts", "echo"].map((name) => [name, "print"] as const),
  ...["fprintf", "printk"].map((name) => [name, "printf"] as const),
  ["current", "curtask"],
  ["probefunc", "func"],
  ["ppfunc", "func"],
  ...["stack", "backtrace", "print_backtrace"].map((name) => [name, "kstack"] as const),
  ...["copyinstr", "stringof", "user_string", "kernel_string"].map((name) => [name, "str"] as const),
  ...["exists", "defined", "contains"].map((name) => [name, "has_key"] as const),
  ["quantize", "hist"],
  ["lquantize", "lhist"],
  ["strcmp", "strncmp"],
  ["getpid", "pid"],
  ["gettid", "tid"],
  ["int", "(int64)"],
]);

/** Types of C that have another name here. */
const otherTypes: ReadonlyMap<string, string> = new Map([
  ["long", "int64"],
  ["short", "int16"],
  ["signed", "int32"],
  ["unsigned", "uint32"],
  ["uint", "uint32"],
  ["ulong", "uint64"],
  ["str", "string"],
]);

export function typeElsewhere(name: string): string | undefined {
  return otherTypes.get(name);
}

/** Macros of headers that no type information holds, and that are the same on every machine we know: what they stand for. */
const constants: ReadonlyMap<string, string> = new Map([
  ["AF_UNIX", "1"],
  ["AF_INET", "2"],
  ["AF_INET6", "10"],
  ["AF_NETLINK", "16"],
  ["AF_PACKET", "17"],
  ["ETH_P_IP", "0x0800"],
  ["ETH_P_IPV6", "0x86dd"],
  ["MAX_ERRNO", "4095"],
  ["O_WRONLY", "1"],
  ["O_RDWR", "2"],
  ["O_CREAT", "0100"],
  ["O_TRUNC", "01000"],
  ["O_APPEND", "02000"],
  ["S_IFMT", "0170000"],
  ["S_IFSOCK", "0140000"],
  ["S_IFREG", "0100000"],
  ["S_IFDIR", "0040000"],
  ["PF_KTHREAD", "0x00200000"],
]);

/** How a script says what such a macro is. */
export function definitionOf(name: string): string | undefined {
  const value = constants.get(name);
  return value === undefined ? undefined : `#define ${name} ${value}`;
}

/** Words that are written in lower case here. */
const words: readonly string[] = ["true", "false"];

/** @param known names that there are */
export function nameElsewhere(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  if (lower !== name && (words.includes(lower) || known.includes(lower))) return lower;
  return otherNames.get(lower);
}
