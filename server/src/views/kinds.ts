/** Kinds of virtual documents, one row each: their names, their addresses, and what they are about. */

/** Scheme of every virtual document's address. */
export const VIEW_SCHEME = "probewright";

export interface ViewKind {
  readonly title: string;
  /** Of the file name, for editors that choose the language by it. */
  readonly extension: string;
  readonly language: string;
  /** `script`: made from an open script, and made again as it changes. `kernel`: made from the kernel's facts. */
  readonly about: "script" | "kernel";
  readonly summary: string;
}

export const viewKinds = {
  "syntax-tree": {
    title: "Syntax Tree",
    extension: "txt",
    language: "plaintext",
    about: "script",
    summary: "The tree that the parser made, errors and all.",
  },
  "typed-tree": {
    title: "Typed Tree",
    extension: "txt",
    language: "plaintext",
    about: "script",
    summary: "The program as it is compiled: names resolved, each expression with its type.",
  },
  "macro-expansion": {
    title: "Macro Expansion",
    extension: "bt",
    language: "bpftrace",
    about: "script",
    summary: "The script with every macro call replaced by what it becomes.",
  },
  "llvm-ir": {
    title: "LLVM IR",
    extension: "ll",
    language: "llvm",
    about: "script",
    summary: "What the compiler hands to LLVM.",
  },
  assembly: {
    title: "BPF Assembly",
    extension: "s",
    language: "bpf-assembly",
    about: "script",
    summary: "The instructions of each program, below the lines they come from.",
  },
  "stack-plan": {
    title: "Stack Plan",
    extension: "txt",
    language: "plaintext",
    about: "script",
    summary: "Which bytes of the stack serve which expression.",
  },
  "verifier-log": {
    title: "Verifier Log",
    extension: "log",
    language: "plaintext",
    about: "script",
    summary: "What the kernel's verifier said at the last run.",
  },
  "run-output": {
    title: "Run Output",
    extension: "log",
    language: "plaintext",
    about: "script",
    summary: "What the last run printed.",
  },
  "kernel-type": {
    title: "Kernel Type",
    extension: "h",
    language: "c",
    about: "kernel",
    summary: "The definition of a type with offsets, sizes and holes.",
  },
  "tracepoint-format": {
    title: "Tracepoint Format",
    extension: "txt",
    language: "plaintext",
    about: "kernel",
    summary: "The fields of a tracepoint's record.",
  },
} as const satisfies Readonly<Record<string, ViewKind>>;

export type ViewKindName = keyof typeof viewKinds;

/** What an address names. */
export interface ViewAddress {
  readonly kind: ViewKindName;
  /** The script's URI for kinds about scripts; for the others the type's or the event's name. */
  readonly subject: string;
}

/** `probewright:/assembly/opens.s?file:///scripts/opens.bt`, `probewright:/kernel-type/struct%20file.h?struct%20file` */
export function viewUri({ kind, subject }: ViewAddress): string {
  const { extension } = viewKinds[kind];
  const name = subject
    .replace(/[?#].*$/, "")
    .replace(/^.*\//, "")
    .replace(/\.bt$/, "");
  return `${VIEW_SCHEME}:/${kind}/${encode(decode(name))}.${extension}?${encodeURIComponent(subject)}`;
}

/** Undefined for what is no address of ours; clients may have normalised its escapes. */
export function parseViewUri(uri: string): ViewAddress | undefined {
  const match = /^probewright:\/{1,3}([\w-]+)\/[^?]*\?(.+)$/.exec(uri);
  const kind = match?.[1];
  if (kind === undefined || !isViewKind(kind)) return undefined;
  return { kind, subject: decode(match?.[2] ?? "") };
}

export function isViewKind(name: string): name is ViewKindName {
  return Object.hasOwn(viewKinds, name);
}

function encode(name: string): string {
  return encodeURIComponent(name.replaceAll("/", "_"));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
