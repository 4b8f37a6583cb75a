/** What code generation is told beside the core tree. */

import type { Place } from "../../diagnostics/diagnostic.ts";
import type { KernelFacts, KernelFeature } from "../../kernel/facts.ts";
import type { SourcePosition } from "../../manifest/manifest.ts";

export interface CodegenEnvironment {
  /** Name of the main script, as positions give it. */
  readonly file: string;
  readonly locate: (place: Place) => SourcePosition;
  /** Text of a file of the program, to be quoted in the verifier's log. */
  readonly sourceText: (file: string) => string | undefined;
  readonly architecture: "x86_64" | "arm64";
  /** False when known absent; undefined when unknown. */
  readonly hasFeature: (feature: KernelFeature) => boolean | undefined;
  readonly findMembers?: KernelFacts["findMembers"];
  /** Where given, a probe on the entry of functions and one on their return become one program. */
  readonly session?: () => SessionFacts | undefined;
  /** `none` (--no-warnings): helpers are not checked. `all` (-k): failed look-ups and reads are told too. */
  readonly warnings: "none" | "default" | "all";
  /** For tests: a scalar map whose value `tseries()` takes for the time. */
  readonly timeMap?: string;
}

/** What is known of a kernel that has kprobe.session. */
export interface SessionFacts {
  /** Whether the kernel function that tells the sides apart takes the program's context, as it does in later releases. */
  readonly takesContext: boolean;
  /** A multi link reaches fewer functions than a kprobe. */
  readonly isTraceable: (name: string) => boolean;
}
