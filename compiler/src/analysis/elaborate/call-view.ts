/** What the hooks of a builtin's row see of a call, made from the scope it is in. */

import type { Argument, Builder, CallOptions, CallSite, ProgramContext } from "../../builtins/call-site.ts";
import type { CoreConfig } from "../../core/core.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import type { BinaryFacts, BinarySymbol, KernelFacts, KernelFeature } from "../../kernel/facts.ts";
import type { Capability } from "../../probes/capability.ts";
import type { StructTable } from "../../types/type.ts";
import { checkCapability, checkFeature } from "./availability.ts";
import { createBuilder } from "./builder.ts";
import { hasFeature } from "../state/features.ts";
import { report, type Scope } from "../state/scope.ts";

/**
 * @param place of the whole call
 * @param callee place of the called name
 */
export function callSite(
  name: string,
  args: readonly Argument[],
  place: Place,
  scope: Scope,
  callee: Place,
): CallSite {
  return new CallView(name, args, place, scope, callee);
}

/** A class because there is one for nearly every call of a script: what is not asked for costs nothing. */
class CallView implements CallSite {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly place: Place;
  readonly #scope: Scope;
  readonly #callee: Place;
  #builder: Builder | undefined;

  constructor(name: string, args: readonly Argument[], place: Place, scope: Scope, callee: Place) {
    this.name = name;
    this.arguments = args;
    this.place = place;
    this.#scope = scope;
    this.#callee = callee;
  }

  get context(): ProgramContext {
    return this.#scope.routine.context;
  }

  get structs(): StructTable {
    return this.#scope.walk.program.structs;
  }

  get facts(): KernelFacts {
    return this.#scope.walk.program.facts;
  }

  get config(): CoreConfig {
    return this.#scope.walk.program.config;
  }

  get settings(): CallSite["settings"] {
    return this.#scope.walk.program.settings;
  }

  get options(): CallOptions {
    return this.#scope.walk.program.options;
  }

  get inLoop(): boolean {
    return this.#scope.loop !== "none";
  }

  get build(): Builder {
    this.#builder ??= createBuilder(this.place, this.#scope, this.#callee);
    return this.#builder;
  }

  get binary(): BinaryFacts | undefined {
    const path = this.context.binaryPath;
    const found = path === undefined ? undefined : this.facts.binary(path);
    return found === undefined || found === "missing" || "error" in found ? undefined : found;
  }

  readonly report = (diagnostic: Diagnostic): void => {
    report(this.#scope, diagnostic);
  };

  readonly hasFeature = (feature: KernelFeature): boolean => hasFeature(this.#scope.walk.program, feature);

  readonly needs = (capability: Capability): boolean =>
    checkCapability(capability, this.name, this.#callee, this.#scope);

  readonly needsFeature = (feature: KernelFeature): boolean =>
    checkFeature(feature, this.name, this.#callee, this.#scope);

  readonly userSymbol = (name: string): BinarySymbol | undefined =>
    this.binary?.symbols.find((symbol) => symbol.name === name);
}
