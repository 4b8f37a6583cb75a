/** Lowering of named parameters: read-only data that the runtime sets, so that the verifier takes them as constants. */

import { invariant } from "../../base/invariant.ts";
import type { LoweringRow } from "../../ir/emitter.ts";
import { integerType } from "../../ir/ir.ts";

export const parameterLowerings = {
  getopt: {
    kind: "dual",
    scalar: (emitter, { detail, type }) => {
      invariant(detail.kind === "named-parameter", "getopt() names a parameter");
      const bytes = emitter.sizeOf(type);
      const value = emitter.build.load(
        integerType(bytes),
        emitter.namedParameter(detail.parameter.name),
        bytes,
      );
      return type.kind === "boolean" ? emitter.build.isNotZero(value) : value;
    },
    memory: (emitter, { detail, type }, into) => {
      invariant(detail.kind === "named-parameter", "getopt() names a parameter");
      const pointer = emitter.namedParameter(detail.parameter.name);
      emitter.copy(into, { pointer, align: 8 }, emitter.sizeOf(type));
    },
  },
} satisfies Readonly<Record<string, LoweringRow>>;
