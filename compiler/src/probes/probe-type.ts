/** The shape of one row of the probe table: everything known about a probe type. */

import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { KernelFeature } from "../kernel/facts.ts";
import type { AddressSpace } from "../types/type.ts";
import type { AttachSpec } from "./attach-spec.ts";
import type { Capability } from "./capability.ts";

/** One part of an attach point after quotes are gone and positional parameters are in. */
export interface Part {
  readonly text: string;
  readonly separator: ":" | "@" | "";
  readonly quoted: boolean;
}

/** What reading an attach point may depend on. */
export interface ReadOptions {
  readonly unsafe: boolean;
  /** A process was chosen with `-p`, so a binary may be left out. */
  readonly hasPid: boolean;
  readonly architecture: "x86_64" | "arm64";
  /** The attach point of an event or function that has this name. */
  readonly named?: (name: string) => string | undefined;
}

/** A spec, or how to say what is wrong with the attach point at `place`. */
export type ReadResult =
  | { readonly ok: true; readonly spec: AttachSpec }
  | { readonly ok: false; readonly report: (place: Place) => Diagnostic };

export interface ProbeType {
  /** As in attach points and in the `probe` builtin. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Value of the `probetype` builtin. */
  readonly internalName: string;
  /** One sentence, shown in the completion list. */
  readonly summary: string;
  /** Markdown, shown in hover and in the reference. */
  readonly docs: string;
  /** Forms of the attach point, e.g. `tracepoint:CATEGORY:EVENT`. */
  readonly forms: readonly string[];
  readonly capabilities: ReadonlySet<Capability>;
  /** Where `argN`, `retval` and pointers in `args` point. */
  readonly space: AddressSpace;
  /** Which listing without a provider includes it. */
  readonly listing: "kernel" | "user" | "none";
  /** How `-p` restricts it: a check compiled in, the kernel's own filter at attach, or not at all. */
  readonly pidFilter: "injected" | "attach" | "none";
  /** Order in which the kernel calls programs on one hook; keeps firing order equal to source order. */
  readonly attachOrder: "forward" | "reverse" | "none";
  readonly defaultReturn: bigint;
  /** Kernel features without which it cannot be attached at all. */
  readonly requires: readonly KernelFeature[];
  /** First kernel that has it, for the documentation. */
  readonly sinceKernel: string;
  /** Whole programs. */
  readonly examples: readonly string[];
  readonly read: (parts: readonly Part[], options: ReadOptions) => ReadResult;
}
