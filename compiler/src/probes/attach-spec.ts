/** What an attach point asks for, once its parts have been read by its probe type's row; nothing looked up yet. */

export type TracingSide = "entry" | "return";

export type AttachSpec =
  | { readonly kind: "begin" | "end" }
  | { readonly kind: "self" }
  | { readonly kind: "test" | "bench"; readonly title: string }
  | {
      readonly kind: "kprobe";
      readonly side: TracingSide;
      readonly module: string | undefined;
      readonly function: string;
      readonly offset: bigint;
      readonly address: bigint | undefined;
    }
  | {
      readonly kind: "uprobe";
      readonly side: TracingSide;
      /** Undefined with `-p`: the process's own executable. */
      readonly path: string | undefined;
      readonly demangle: boolean;
      readonly function: string;
      readonly offset: bigint;
      readonly address: bigint | undefined;
      readonly source:
        | { readonly file: string; readonly line: number; readonly column: number | undefined }
        | undefined;
    }
  | {
      readonly kind: "usdt";
      readonly path: string | undefined;
      readonly namespace: string | undefined;
      readonly name: string;
    }
  | { readonly kind: "tracepoint"; readonly category: string; readonly event: string }
  | { readonly kind: "rawtracepoint"; readonly module: string | undefined; readonly event: string }
  | {
      readonly kind: "fentry";
      readonly side: TracingSide;
      readonly module: string | undefined;
      readonly function: string;
    }
  | {
      readonly kind: "fentry-bpf";
      readonly side: TracingSide;
      readonly program: number | undefined;
      readonly function: string;
    }
  | { readonly kind: "iter"; readonly iterator: string; readonly pin: string | undefined }
  | {
      readonly kind: "profile" | "interval";
      /** The period as the name of the probe has it: `ms:100`; a bare duration counts in microseconds. */
      readonly named: string;
      /** The period in the words of the script. */
      readonly written: string;
      readonly period: { readonly nanoseconds: bigint } | { readonly hertz: bigint };
    }
  | { readonly kind: "software" | "hardware"; readonly event: string; readonly period: bigint | undefined }
  | { readonly kind: "watchpoint"; readonly address: bigint; readonly length: number; readonly mode: string };

/** `*` is the only wildcard; brackets make a name count as a pattern too but match themselves. */
export function isPattern(text: string): boolean {
  return /[*[\]]/.test(text);
}

/** A matcher for a pattern in which `*` stands for any characters. */
export function matcher(pattern: string): (name: string) => boolean {
  const star = pattern.indexOf("*");
  if (star === -1) return (name) => name === pattern;
  if (pattern === "*") return () => true;
  if (star === pattern.length - 1) {
    const start = pattern.slice(0, star);
    return (name) => name.startsWith(start);
  }
  const pieces = pattern.split("*").map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${pieces.join(".*")}$`, "s");
  return (name) => expression.test(name);
}
