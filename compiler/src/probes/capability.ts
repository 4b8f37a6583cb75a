/** What a probe's program can do beyond what all can. Builtins say what they need; probe types say what they have. */

/** Each capability with the words that complete "X needs …, which PROBE probes do not have". */
export const capabilities = {
  "argument-registers": "the arguments of a traced function",
  "typed-arguments": "typed arguments",
  "return-value": "a return value",
  context: "a raw context",
  "function-name": "a traced function",
  registers: "the CPU registers",
  stacks: "a stack to walk",
  "user-addresses": "a traced program's symbols",
  "path-helper": "the kernel's path helper",
  tracing: "a tracing program (fentry, fexit, iter, rawtracepoint)",
  override: "a function whose return value may be replaced",
  signal: "the right to send signals",
} as const;

export type Capability = keyof typeof capabilities;
