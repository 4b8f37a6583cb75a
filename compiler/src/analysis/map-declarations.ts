/** `let @m = hash(10);`: what the declarations say, and whether the maps' values agree. */

import { nearest } from "../base/nearest.ts";
import type { CoreMap } from "../core/core.ts";
import { mapKindMismatch, mapSizeImpossible, unknownMapKind } from "../diagnostics/catalog/maps.ts";
import { unusedMapDeclaration } from "../diagnostics/catalog/names.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { MapDeclaration } from "../syntax/ast.ts";
import { settle } from "../types/relations.ts";
import { show } from "../types/show.ts";
import { findOrMakeMap } from "./elaborate/map-access.ts";
import type { MapState, States } from "./state/state.ts";
import type { Program } from "./state/program.ts";

/** What a map may be declared as. */
export const mapKinds: readonly CoreMap["mapType"][] = ["hash", "lruhash", "percpuhash", "percpulruhash"];

function findKind(text: string): CoreMap["mapType"] | undefined {
  return mapKinds.find((kind) => kind === text);
}

/** @param names of the maps that matter to the states */
export function declareMaps(program: Program, states: States, names: ReadonlySet<string>): void {
  for (const item of program.mapDeclarations) {
    if (!names.has(item.map.name)) continue;
    const place = { item, span: item.map.span };
    const state = findOrMakeMap(item.map.name, place, states);
    state.declaration = {
      place,
      mapType: findKind(item.mapType.text),
      maxEntries: item.maxEntries.kind === "integer" ? Number(item.maxEntries.value) : 1,
    };
  }
}

/** What the kernel can count. */
const MOST_ELEMENTS = 0xffff_ffffn;

function checkSize(item: MapDeclaration): readonly Diagnostic[] {
  const { maxEntries } = item;
  if (maxEntries.kind !== "integer" || (maxEntries.value >= 1n && maxEntries.value <= MOST_ELEMENTS))
    return [];
  const facts = { size: maxEntries.value.toString(), most: MOST_ELEMENTS.toString() };
  return [mapSizeImpossible({ item, span: maxEntries.span }, facts)];
}

/** After the last walk, when it is known what the maps hold. */
export function checkMapDeclarations(
  program: Program,
  maps: ReadonlyMap<string, MapState>,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const item of program.mapDeclarations) {
    const kind = findKind(item.mapType.text);
    if (item.mapType.text === "") continue;
    if (kind === undefined) {
      const facts = { kind: item.mapType.text, nearest: nearest(item.mapType.text, mapKinds) };
      diagnostics.push(unknownMapKind({ item, span: item.mapType.span }, facts));
      continue;
    }
    diagnostics.push(...checkSize(item));
    const state = maps.get(item.map.name);
    const place = { item, span: item.map.span };
    if (state === undefined || (!state.written && !state.read)) {
      const fix = {
        title: "Remove the declaration",
        edits: [{ place: { item, span: item.span }, text: "" }],
        automatic: true,
      };
      diagnostics.push(unusedMapDeclaration(place, { name: item.map.name }, { fixes: [fix] }));
      continue;
    }
    const perCpu = kind === "percpuhash" || kind === "percpulruhash";
    const { type } = state.value;
    if (type.kind === "none" || (type.kind === "aggregation") === perCpu) continue;
    const facts = { name: state.name, kind, type: show(settle(type)) };
    const related = [{ place, message: "declared here" }];
    diagnostics.push(mapKindMismatch(state.firstUse ?? place, facts, { related }));
  }
  return diagnostics;
}
