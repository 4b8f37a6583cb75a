/**
 * What the kernel's verifier finds in a program that the compiler let through, one row a kind. Codes PW77xx.
 * The verifier says it in a line of its own; `says` recognises that line and picks out its figures.
 */

import { diagnosticRow, type Raise } from "../row.ts";

/** What a sentence about a rejection can mention. */
export interface RejectionFacts {
  /** The program's probe, or what else it is called. */
  readonly probe: string;
  /** What `says` picked out, in order. */
  readonly parts: readonly string[];
  /** The helper that the register at fault came from last, e.g. `map_lookup_elem`. */
  readonly helper: string | undefined;
}

export interface VerifierRow {
  readonly says: RegExp;
  readonly raise: Raise<RejectionFacts>;
}

function verifierRow(row: {
  readonly code: `PW${number}`;
  readonly name: string;
  readonly says: RegExp;
  readonly message: (facts: RejectionFacts) => string;
  readonly explain: string;
}): VerifierRow {
  const { says, ...rest } = row;
  return { says, raise: diagnosticRow<RejectionFacts>({ ...rest, severity: "error", example: "" }) };
}

const origin = (helper: string | undefined): string =>
  helper === undefined ? "a pointer" : `the result of ${helper}()`;

/** The first row that recognises the line is the kind; the last takes all. */
export const verifierRows: readonly VerifierRow[] = [
  verifierRow({
    code: "PW7701",
    name: "pointer-may-be-null",
    says: /invalid mem access '(\w*_or_null)'/,
    message: ({ helper }) => `${origin(helper)} may be null here, and is read or written without a check`,
    explain:
      "A look-up answers null when there is nothing under the key, a reservation when there is no room. The kernel lets a program follow such a pointer only after it compared it with null. Put the use inside `if ($p != 0) { ... }`.",
  }),
  verifierRow({
    code: "PW7702",
    name: "number-used-as-pointer",
    says: /R(\d+) invalid mem access '(scalar|inv)'/,
    message: () => "a plain number is used as an address: the kernel does not know what memory it leads to",
    explain:
      "Only pointers that the kernel handed out may be followed directly. Addresses that were computed, or read from memory, are read through helpers: `*kptr(x)`, `str(x)`, `buf(x, n)` do that.",
  }),
  verifierRow({
    code: "PW7703",
    name: "arithmetic-on-maybe-null",
    says: /pointer arithmetic on (\w+_or_null) prohibited/,
    message: ({ helper }) => `something is added to ${origin(helper)} before it is compared with null`,
    explain:
      "Adding an offset to null gives an address that no longer looks like null. Compare with null first.",
  }),
  verifierRow({
    code: "PW7704",
    name: "arithmetic-on-pointer",
    says: /pointer arithmetic on (\S+) prohibited|pointer arithmetic with \S+ operator prohibited|tried to (?:add|subtract|multiply|\w+) from different maps/,
    message: ({ parts }) =>
      `this computes with a pointer${parts[0] === undefined ? "" : ` (${parts[0]})`} in a way that the kernel does not allow`,
    explain:
      "To some pointers nothing may be added, and none may be multiplied, shifted or combined by bits. Cast to a number first where only the number is wanted: `(uint64)$p`.",
  }),
  verifierRow({
    code: "PW7705",
    name: "outside-of-map-value",
    says: /invalid access to map value, value_size=(\d+) off=(-?\d+) size=(\d+)/,
    message: ({ parts: [size, offset, bytes] }) =>
      `this reads or writes ${bytes ?? "some"} bytes at offset ${offset ?? "?"} of a map's value, which is ${size ?? "less"} bytes long`,
    explain:
      "The kernel knows how large each map value is and refuses what lies beyond. An index that is not bounded, or a cast to a larger type, is the usual reason.",
  }),
  verifierRow({
    code: "PW7706",
    name: "index-not-bounded",
    says: /(?:(?:min|max) value is (?:negative|outside)|unbounded (?:memory access|min value)|makes \S+ pointer be out of bounds|pointer offset -?\d+ is not allowed)/,
    message: () => "this index or length can be negative or too large, as far as the kernel can tell",
    explain:
      "The kernel proves that every access stays inside its memory. For an index it must see a bound in the program: test it (`if ($i < 16) { ... }`) or mask it (`$i & 15`) right before the use.",
  }),
  verifierRow({
    code: "PW7707",
    name: "stack-not-written",
    says: /invalid (?:indirect )?read from stack|uninitialized stack|invalid (?:indirect )?read from stack off/,
    message: () =>
      "this reads stack memory that nothing was written to before on this way through the program",
    explain:
      "What lies on the stack before a program writes to it belongs to somebody else. Every byte that is read, or given to a helper, must have been written on all ways that lead there.",
  }),
  verifierRow({
    code: "PW7708",
    name: "outside-of-stack",
    says: /invalid (?:variable-offset )?(?:indirect )?(?:write|access) (?:to|from|of)? ?stack|invalid stack (?:type|off)|invalid (?:write|indirect access|variable-offset).*stack/,
    message: () => "this touches memory outside of the 512 bytes of stack that a program has",
    explain:
      "The offset is too large, or the kernel cannot bound it. Lower `on_stack_limit`, or leave it out, so that large values go to scratch memory.",
  }),
  verifierRow({
    code: "PW7709",
    name: "value-never-set",
    says: /R(\d+) !read_ok/,
    message: ({ parts: [register] }) =>
      register === "0"
        ? "the program can end here without having set what it returns"
        : "a value is used that was never set on this way through the program",
    explain:
      "A register is read that holds nothing: it was never written on this way, or a call before destroyed it. In a script this is a mistake of the compiler; report it.",
  }),
  verifierRow({
    code: "PW7710",
    name: "program-too-complex",
    says: /BPF program is too large\. Processed (\d+) insn/,
    message: ({ parts: [count] }) =>
      `the kernel gave up after following ${count ?? "a million"} instructions: there are too many ways through this program; a 'for ($i : 0..n)' loop is followed once, a 'while' round by round`,
    explain:
      "The kernel walks every way through a program, up to a million instructions. Each branch can double the ways, each round of a `while` or `unroll` adds its body. Use `for ($i : 0..n)`, whose body is looked at once, fewer branches one after the other, or several probes.",
  }),
  verifierRow({
    code: "PW7711",
    name: "loop-does-not-end",
    says: /infinite loop detected at insn (\d+)|back-edge from insn (\d+)/,
    message: () => "the kernel cannot see that this loop ends",
    explain:
      "A `while` loop must have a bound that the kernel can follow round by round. Use `for ($i : 0..n)`, which always ends.",
  }),
  verifierRow({
    code: "PW7712",
    name: "chain-of-calls-too-large",
    says: /combined stack size of (\d+) calls is (\d+)\. Too large/,
    message: ({ parts: [calls, bytes] }) =>
      `${calls ?? "several"} functions that call each other need ${bytes ?? "more than 512"} bytes of stack together; the kernel allows 512`,
    explain:
      "Each function and each loop body has a frame of its own, rounded up, and those of a chain of calls count together. `probewright stack` shows which values take the bytes.",
  }),
  verifierRow({
    code: "PW7713",
    name: "calls-too-deep-for-kernel",
    says: /call stack of (\d+) frames is too deep/,
    message: ({ parts: [frames] }) => `calls are nested ${frames ?? "too many"} deep; the kernel allows 8`,
    explain: "Functions and loop bodies count alike. Merge loops, or functions that call each other.",
  }),
  verifierRow({
    code: "PW7714",
    name: "too-many-branches",
    says: /sequence of (\d+) jumps is too complex/,
    message: ({ parts: [jumps] }) =>
      `more than ${jumps ?? "8192"} branches wait to be looked at: there are too many ways through this program`,
    explain:
      "The kernel notes each branch that it has yet to look at, and there are too many of them. A long `while` or `unroll` with branches inside is the usual reason; use `for ($i : 0..n)`.",
  }),
  verifierRow({
    code: "PW7715",
    name: "code-never-reached",
    says: /unreachable insn (\d+)|jump out of range from insn (\d+)|last insn is not an exit/,
    message: () => "the program has instructions that no way leads to, or a jump out of it",
    explain: "A script cannot cause this: it is a mistake of the compiler. Report it with the script.",
  }),
  verifierRow({
    code: "PW7716",
    name: "helper-not-allowed",
    says: /(?:program of this type cannot use helper|unknown func|cannot call GPL-restricted function from non-GPL compatible program|helper call is not allowed in probe) ?(?:bpf_)?(\w+)?/,
    message: ({ parts: [helper] }) => {
      if (helper === undefined)
        return "the kernel lets only the functions of a list of its own call this, and the probed one is not in it";
      return helper.startsWith("probe_read") && !helper.includes("user")
        ? "this reads memory of the kernel, which this kernel forbids: it is locked down for confidentiality"
        : `the helper '${helper}' may not be used in probes of this type on this kernel`;
    },
    explain:
      "Each type of program may call a set of the kernel's helpers, which differs between kernels. `probewright doctor` shows what this one has. Use another probe type, or leave the function out. A kernel that is locked down for confidentiality lets none read its memory: no kernel stack by frame, no field of a kernel type. `path` works in few functions only, such as `filp_close`, `security_file_open` and `vfs_getattr`.",
  }),
  verifierRow({
    code: "PW7717",
    name: "may-not-sleep",
    says: /(?:might sleep in a non-sleepable|sleepable helper \S+ in non-sleepable|in non-sleepable)/,
    message: () =>
      "this may have to wait for memory to be loaded, and this probe runs where waiting is forbidden",
    explain:
      "Most probes fire in the middle of the kernel's work, where nothing may sleep. What waits is for probes that may sleep only.",
  }),
  verifierRow({
    code: "PW7718",
    name: "event-never-sent",
    says: /Unreleased reference id=(\d+)|reference leak|reference has not been released/,
    message: () =>
      "memory that was reserved for an event is neither sent nor given back on some way through the program",
    explain:
      "What a program reserves it must submit or discard on every way to its end. In a script this is a mistake of the compiler; report it.",
  }),
  verifierRow({
    code: "PW7719",
    name: "misaligned-access",
    says: /misaligned (?:(\w+) )?access off/,
    message: ({ parts: [where] }) =>
      `a number ${where === undefined ? "in memory" : where === "stack" ? "on the stack" : `in '${where}'`} is read or written at an address that is no multiple of its size`,
    explain:
      "Numbers on the stack and in some other memories must lie at multiples of their size. In a script this is a mistake of the compiler; report it.",
  }),
  verifierRow({
    code: "PW7720",
    name: "wrong-argument",
    says: /R(\d+) type=(\S+) expected=(.+)/,
    message: ({ parts: [register, got, wanted] }) =>
      `argument ${register ?? ""} of this call is ${kindOfPointer(got ?? "")}, and the helper takes ${(wanted ?? "something else").split(", ").map(kindOfPointer).join(" or ")}`,
    explain:
      "Each helper says what kind of pointer it takes. Kernel objects that were read from memory lose their kind: such a helper wants an argument of the traced function itself, as fentry probes have it.",
  }),
  verifierRow({
    code: "PW7721",
    name: "context-out-of-reach",
    says: /invalid bpf_context access off=(-?\d+) size=(\d+)/,
    message: ({ parts: [offset, size] }) =>
      `the probe's context has no ${size ?? ""} bytes at offset ${offset ?? "?"} that may be read`,
    explain:
      "Of what a probe is handed, the kernel lets programs read some fields, at their size. `ctx` is rarely needed: `args`, `arg0` and `retval` know the way.",
  }),
  verifierRow({
    code: "PW7722",
    name: "address-given-away",
    says: /R?\d* ?leaks addr(?:ess)?(?: (?:into|as) (\w+(?: \w+)?))?/,
    message: ({ parts: [where] }) =>
      `a kernel address would get into ${where ?? "memory that others can read"}, which this program may not do`,
    explain:
      "Without the capability CAP_PERFMON, addresses of kernel memory must stay inside the program. Run as root, or print something else.",
  }),
  verifierRow({
    code: "PW7723",
    name: "return-value-not-allowed",
    says: /At (?:program exit|\w+ return|callback return|subprogram exit|async callback return) the register R0|R0 .*should have been in/,
    message: () => "what the program returns is not among the values that the kernel allows here",
    explain:
      "Programs of some types must return 0, or 0 or 1. In a script, `return` with another value in such a probe is the reason.",
  }),
  verifierRow({
    code: "PW7724",
    name: "memory-is-read-only",
    says: /cannot write into (\S+)|write into map forbidden|only read is supported|(?:cannot|can't) be written|write to change key R\d+ not allowed/,
    message: () => "this writes to memory that may only be read",
    explain:
      "Constants, keys of a map that is looped over, and kernel objects may not be changed by a program. Copy the value to a variable and change that.",
  }),
  verifierRow({
    code: "PW7725",
    name: "outside-of-kernel-struct",
    says: /access beyond (?:struct|the end of member) (\S+)(?: at off (\d+) size (\d+))?|cannot access ptr member|access beyond/,
    message: ({ parts: [struct] }) =>
      `this reads beyond the end of ${struct === undefined ? "a kernel object" : `'${struct}'`}`,
    explain:
      "The kernel knows the layout of its own objects. A script that was compiled for another kernel, or a cast to a larger type, is the usual reason.",
  }),
  verifierRow({
    code: "PW7726",
    name: "length-may-be-zero",
    says: /invalid zero-sized read/,
    message: () => "a length can be zero here, and the helper takes none",
    explain: "Test the length before the call: `if ($n > 0) { ... }`.",
  }),
  verifierRow({
    code: "PW7727",
    name: "constant-division-by-zero",
    says: /div by zero|division by zero/,
    message: () => "this divides by the constant zero",
    explain: "The kernel refuses an instruction that always divides by zero.",
  }),
  verifierRow({
    code: "PW7728",
    name: "shift-too-far",
    says: /invalid shift (\d+)/,
    message: ({ parts: [by] }) =>
      `this shifts by ${by ?? "more"} bits, and a value can be shifted only by fewer bits than it has`,
    explain: "A 64-bit value can be shifted by 0 to 63 bits.",
  }),
  verifierRow({
    code: "PW7729",
    name: "map-kind-not-allowed",
    says: /cannot pass map_type (\d+) into func (?:bpf_)?(\w+)/,
    message: ({ parts: [, helper] }) =>
      `${helper === undefined ? "this helper" : `the helper '${helper}'`} does not work on a map of this kind`,
    explain: "Kinds of maps differ in what can be done with them. Declare the map with another kind.",
  }),
  verifierRow({
    code: "PW7730",
    name: "kernel-function-not-allowed",
    says: /calling kernel function (\S+) is not allowed|kernel function (\S+) (?:does not|cannot|args)/,
    message: ({ parts: [name] }) => `the kernel function '${name ?? ""}' may not be called from this program`,
    explain: "Functions of the kernel are open to some types of programs only, and differ between kernels.",
  }),
  verifierRow({
    code: "PW7731",
    name: "pointer-was-moved",
    says: /dereference of modified (\S+) ptr|negative offset (\S+) ptr|variable (\S+) access var_off|invalid variable offset/,
    message: () =>
      "a pointer to a kernel object was moved before it is used, which this object does not allow",
    explain: "Such a pointer must be used as it was handed out; offsets belong into the access itself.",
  }),
  verifierRow({
    code: "PW7732",
    name: "pointers-compared",
    says: /pointer comparison prohibited/,
    message: () => "pointers of different kinds are compared, which this program may not do",
    explain: "Cast both to numbers first: `(uint64)$a == (uint64)$b`.",
  }),
  verifierRow({
    code: "PW7733",
    name: "object-not-trusted",
    says: /R(\d+) must be (?:referenced|a rcu pointer|referenced or trusted)|must be referenced or trusted/,
    message: () =>
      "this helper takes only objects that the kernel handed to the program itself, and this one was read from memory",
    explain:
      "An object that was found by following pointers may be gone by now. Helpers that rely on it take arguments of the traced function and the current task only.",
  }),
  verifierRow({
    code: "PW7799",
    name: "refused-by-verifier",
    says: /(.*)/,
    message: ({ parts: [line] }) => `the kernel's verifier says: ${line ?? ""}`,
    explain:
      "The verifier refused the program with words that Probewright does not know. `-v` shows its whole log; a report with the script helps to explain it better next time.",
  }),
];

const memories: readonly (readonly [RegExp, string])[] = [
  [/_or_null$/, "a pointer that may be null"],
  [/^(?:scalar|inv)/, "a plain number"],
  [/^map_value/, "a pointer into a map's value"],
  [/^map_ptr/, "a map"],
  [/^map_key/, "a pointer to a map's key"],
  [/^fp/, "a pointer to the stack"],
  [/^ctx/, "the probe's context"],
  [/^(?:ringbuf_mem|alloc_mem)/, "memory of an event"],
  [/^(?:rdonly_)?mem/, "memory"],
  [/^pkt/, "a network packet"],
  [/^(?:trusted_|rcu_|untrusted_)?ptr_/, "a pointer to a kernel object"],
  [/^(?:func|percpu)/, "the address of a function or of data of a CPU"],
];

/** The verifier's name of a kind of value, in words. */
export function kindOfPointer(kind: string): string {
  return memories.find(([pattern]) => pattern.test(kind))?.[1] ?? `'${kind}'`;
}
