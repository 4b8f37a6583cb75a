/** Arguments of user-space static probes. */

import type { Emitter, ProbeView } from "../../ir/emitter.ts";
import { constant, integerType, type IrOperand } from "../../ir/ir.ts";
import { parseArgumentPlace } from "../../kernel/argument-place.ts";
import { registerFiles } from "./registers.ts";

/** Argument `index` at the site that was hit. The attach cookie tells the site where sites differ. */
export function usdtArgument(emitter: Emitter, probe: ProbeView, index: number): IrOperand {
  const { build } = emitter;
  const sites = probe.targets.flatMap((target) => (target.kind === "uprobe" ? target.locations : []));
  const bySpecification = new Map<string, bigint[]>();
  for (const { arguments: specifications, cookie } of sites) {
    const specification = specifications?.[index] ?? "";
    bySpecification.set(specification, [...(bySpecification.get(specification) ?? []), cookie ?? 0n]);
  }
  const [first, ...others] = [...bySpecification];
  if (first === undefined) return constant("i64", 0n);
  if (others.length === 0) return readPlace(emitter, probe, first[0]);
  const result = build.local(`arg${index}`, "i64");
  build.write(result, constant("i64", 0n));
  const hit = build.once("cookie", () => build.helper("get_attach_cookie", [emitter.context()]));
  for (const [specification, cookies] of bySpecification) {
    for (const cookie of cookies) {
      build.when(build.compare("eq", hit, constant("i64", cookie)), () => {
        build.write(result, readPlace(emitter, probe, specification));
      });
    }
  }
  return build.read(result);
}

function readPlace(emitter: Emitter, probe: ProbeView, specification: string): IrOperand {
  const { build } = emitter;
  const place = parseArgumentPlace(specification, probe.architecture);
  if (place === undefined) return constant("i64", 0n);
  let value: IrOperand = constant("i64", place.constant);
  if (place.base !== undefined) value = build.binary("add", readRegister(emitter, probe, place.base), value);
  if (place.index !== undefined) {
    const scaled = build.binary(
      "mul",
      readRegister(emitter, probe, place.index.register),
      constant("i64", place.index.scale),
    );
    value = build.binary("add", value, scaled);
  }
  const type = integerType(place.size);
  if (place.inMemory) {
    const memory = emitter.temporary("argument of a static probe", place.size, place.size);
    emitter.read(memory, place.size, value, "user");
    return build.resize(build.load(type, memory.pointer, place.size), "i64", place.signed);
  }
  return build.resize(build.resize(value, type, false), "i64", place.signed);
}

function readRegister(emitter: Emitter, probe: ProbeView, name: string): IrOperand {
  const { build } = emitter;
  const offset = registerFiles[probe.architecture].offsets[name] ?? 0;
  return build.fromContext(emitter.context(), offset, "i64");
}
