/** Targets of usdt probes. */

import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import { parseArgumentPlace } from "../../kernel/argument-place.ts";
import type { BinaryFacts, UsdtProbe } from "../../kernel/facts.ts";
import { isPattern, matcher, type AttachSpec } from "../attach-spec.ts";
import { plainContext } from "../context.ts";
import {
  featureUsable,
  type ProbeEnvironment,
  type Resolution,
  type ResolvedTarget,
} from "../environment.ts";
import type { ProbeType } from "../probe-type.ts";
import { findBinaries, type FoundBinary } from "./binaries.ts";
import { missingTarget } from "./missing.ts";

type UsdtSpec = Extract<AttachSpec, { kind: "usdt" }>;

export function resolveUsdt(
  probeType: ProbeType,
  spec: UsdtSpec,
  place: Place,
  environment: ProbeEnvironment,
): Resolution {
  if (environment.facts.source === "none") return unknownBinary(probeType, spec);
  // Without a file: all that the process has mapped, for the probe may be in a library.
  const found = findBinaries(spec.path ?? "*", place, environment);
  const diagnostics: Diagnostic[] = [...found.diagnostics];
  const targets: ResolvedTarget[] = [];
  for (const binary of found.binaries) {
    const matches = matchProbes(spec, binary.facts);
    targets.push(...matches.map((probe) => usdtTarget(probeType, binary, probe, environment)));
    if (
      matches.length > 0 ||
      isPattern(spec.name) ||
      isPattern(spec.namespace ?? "") ||
      isPattern(spec.path ?? "*")
    )
      continue;
    const name = [spec.namespace, spec.name].filter((part) => part !== undefined).join(":");
    const candidates = binary.facts.usdt.map((probe) =>
      spec.namespace === undefined ? probe.name : `${probe.provider}:${probe.name}`,
    );
    const missing = { what: "USDT probe", name, where: `'${binary.shown}'`, candidates };
    diagnostics.push(...missingTarget(environment, place, missing).diagnostics);
  }
  return { targets, diagnostics, pending: found.pending };
}

function matchProbes(spec: UsdtSpec, binary: BinaryFacts): readonly UsdtProbe[] {
  const matchesNamespace = matcher(spec.namespace ?? "*");
  const matchesName = matcher(spec.name);
  return binary.usdt.filter((probe) => matchesNamespace(probe.provider) && matchesName(probe.name));
}

function usdtTarget(
  probeType: ProbeType,
  { facts: binary, shown }: FoundBinary,
  probe: UsdtProbe,
  environment: ProbeEnvironment,
): ResolvedTarget {
  const locations = probe.sites.flatMap((site, index) => {
    const offset = binary.fileOffset(site.address);
    if (offset === undefined) return [];
    const semaphoreOffset = site.semaphore === 0n ? undefined : binary.fileOffset(site.semaphore);
    return [
      {
        symbol: probe.name,
        offset,
        ...(semaphoreOffset === undefined ? {} : { semaphoreOffset }),
        cookie: BigInt(index),
        arguments: site.arguments,
      },
    ];
  });
  const most = Math.max(0, ...probe.sites.map((site) => site.arguments.length));
  const name = `${probeType.name}:${shown}:${probe.provider}:${probe.name}`;
  const multi = featureUsable(environment, "uprobe_multi");
  return {
    context: {
      ...plainContext(probeType),
      argumentCount: most,
      unreadableArguments: unreadable(probe, environment.facts.architecture),
    },
    target: { kind: "uprobe", name, path: binary.path, locations, returns: false, multi, usdt: true },
  };
}

function unreadable(
  { sites }: UsdtProbe,
  architecture: ProbeEnvironment["facts"]["architecture"],
): ReadonlyMap<number, string> {
  const places = sites.flatMap((site) => site.arguments.map((where, index) => [index, where] as const));
  return new Map(places.filter(([, where]) => parseArgumentPlace(where, architecture) === undefined));
}

function unknownBinary(probeType: ProbeType, spec: UsdtSpec): Resolution {
  const name = [probeType.name, spec.path, spec.namespace, spec.name]
    .filter((part) => part !== undefined)
    .join(":");
  const locations = [{ symbol: spec.name, offset: 0n, cookie: 0n }];
  const target = {
    kind: "uprobe",
    name,
    path: spec.path ?? "",
    locations,
    returns: false,
    multi: false,
    usdt: true,
  } as const;
  return { targets: [{ context: plainContext(probeType), target }], diagnostics: [], pending: false };
}
