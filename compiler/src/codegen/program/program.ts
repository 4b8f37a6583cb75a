/** What the functions of one program share while they are generated: constants, globals, sites, counters, maps. */

import { invariant } from "../../base/invariant.ts";
import type { CoreMap, CoreProgram } from "../../core/core.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import {
  globalAddress,
  type IrExternal,
  type IrFunction,
  type IrGlobal,
  type IrGlobalAddress,
} from "../../ir/ir.ts";
import type {
  CounterSpec,
  EventSite,
  GlobalSpec,
  LossKind,
  SourcePosition,
} from "../../manifest/manifest.ts";
import { unwindMaps } from "../../manifest/unwind-tables.ts";
import { roundUp, sizeOf } from "../../types/layout.ts";
import type { CodegenEnvironment } from "./environment.ts";
import { findExclusive, type Exclusivity } from "./exclusive.ts";
import { exitGlobal, findExits, type Exits } from "./exits.ts";
import { findMappingLayout } from "./mapping-layout.ts";
import { findTaskLayout } from "./task-layout.ts";
import type { MappingLayout, TaskLayout, UnwindTables } from "../../ir/emitter.ts";
import type { CoreLoop } from "./frames.ts";
import { storeMaps, type MapStorage } from "./map-storage.ts";
import type { Signature } from "./signature.ts";

/** Names in the object that are ours. User maps begin with `AT_`. */
export const RING_BUFFER = "events";
export const COUNTERS = "counters";
export const PACKETS = "packets";
const SETTINGS = "settings";
const SETTINGS_SECTION = ".rodata.settings";

type NewSite = Pick<EventSite, "action" | "fields" | "size">;
type Counter = CounterSpec["sites"][number];

export class Program {
  readonly core: CoreProgram;
  readonly environment: CodegenEnvironment;
  /** All of the script's, in order. */
  readonly maps: ReadonlyMap<CoreMap, MapStorage>;
  /** Those that code was made for. */
  readonly usedMaps = new Set<MapStorage>();
  /** Only some of the probes are in it, and what these use. */
  private readonly isPart: boolean;
  /** Numbers of sites cost the same in code, whichever they are, but for 0, which only the first has. */
  private firstSite = 0;
  readonly exclusive: Exclusivity;
  readonly exits: Exits;
  readonly functions: IrFunction[] = [];
  readonly sites: EventSite[] = [];
  readonly timeFormats: string[] = [];
  readonly cgroupFilters: string[] = [];
  readonly requiredFeatures = new Set<string>();
  /** Name of the function that holds a loop's body. */
  readonly callbacks = new Map<CoreLoop, string>();
  /** Functions of C files that code was made to call, by name. */
  readonly externals = new Map<string, IrExternal>();
  /** By name of the `fn`. */
  readonly signatures = new Map<string, Signature>();
  /** Whether any of its programs walks stacks by tables. */
  unwinds = false;
  private foundTask: { readonly layout: TaskLayout | undefined } | undefined;
  private foundMapping: { readonly layout: MappingLayout | undefined } | undefined;
  private readonly losses: Counter[] = [];
  private readonly constants = new Map<string, IrGlobal>();
  private readonly settings: GlobalSpec[] = [];
  private settingsEnd = 0;
  private largestZero = 0;

  /** @param isPart only some of the probes will be in it */
  constructor(core: CoreProgram, environment: CodegenEnvironment, isPart: boolean) {
    this.core = core;
    this.environment = environment;
    this.isPart = isPart;
    this.maps = storeMaps(core);
    this.exclusive = findExclusive(core);
    this.exits = findExits(core);
  }

  /** Found when first asked for: many scripts do without, and the kernel's types are long to read. */
  get task(): TaskLayout | undefined {
    this.foundTask ??= { layout: findTaskLayout(this.core, this.environment) };
    return this.foundTask.layout;
  }

  /** The same if code was made that relies on it. */
  get usedTask(): TaskLayout | undefined {
    return this.foundTask?.layout;
  }

  get usedMapping(): MappingLayout | undefined {
    return this.foundMapping?.layout;
  }

  mapOf(map: CoreMap): MapStorage {
    const storage = this.maps.get(map);
    invariant(storage !== undefined, `@${map.name} is a map of the program`);
    this.usedMaps.add(storage);
    return storage;
  }

  /** Those that are in the object. */
  storedMaps(): readonly MapStorage[] {
    return this.isPart ? [...this.usedMaps] : [...this.maps.values()];
  }

  position(place: Place): SourcePosition {
    return this.environment.locate(place);
  }

  /** The first one is in code that is not in this part. */
  skipFirstSite(): void {
    invariant(this.sites.length === 0, "only the first site can be elsewhere");
    this.firstSite = 1;
  }

  /** @returns its index, which its events start with */
  addSite(place: Place, site: NewSite): number {
    const index = this.firstSite + this.sites.length;
    const expandedFrom: SourcePosition[] = [];
    for (let outer = place.expandedFrom; outer !== undefined; outer = outer.expandedFrom) {
      expandedFrom.push(this.position(outer));
    }
    this.sites.push({ index, position: this.position(place), expandedFrom, ...site });
    return index;
  }

  /** @returns address of the counter's u32 number, for look-ups; which number is known when all sites are */
  siteCounterKey(site: number): IrGlobalAddress {
    return globalAddress(`site_${site}`);
  }

  lossCounterKey(place: Place, kind: LossKind, name: string): IrGlobalAddress {
    const position = this.position(place);
    let index = this.losses.findIndex(
      (loss) => loss.kind === kind && loss.name === name && samePosition(loss.position, position),
    );
    if (index < 0) index = this.losses.push({ kind, position, name }) - 1;
    return globalAddress(`loss_${index}`);
  }

  constantBytes(bytes: Uint8Array): IrGlobalAddress {
    const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    let found = this.constants.get(text);
    if (found === undefined) {
      found = readOnly(`constant_${this.constants.size}`, bytes);
      this.constants.set(text, found);
    }
    return globalAddress(found.name);
  }

  /** Whether any of its programs copies packets to user space. */
  get sendsPackets(): boolean {
    return this.sites.some(({ action }) => action.kind === "skb-output");
  }

  /** Address of at least `bytes` zeroes. */
  zeroes(bytes: number): IrGlobalAddress {
    this.largestZero = Math.max(this.largestZero, bytes);
    return globalAddress("zeroes");
  }

  /** @returns where in the settings the value lies */
  patched(
    value: GlobalSpec["value"],
    size: number,
  ): { readonly base: IrGlobalAddress; readonly offset: number } {
    const base = globalAddress(SETTINGS);
    const known = this.settings.find((setting) => sameSetting(setting.value, value));
    if (known !== undefined) return { base, offset: known.offset };
    const offset = this.settingsEnd;
    this.settingsEnd = roundUp(offset + size, 8);
    this.settings.push({ object: SETTINGS_SECTION, offset, size, value });
    return { base, offset };
  }

  unwindTables(): Omit<UnwindTables, "mappingCallback"> {
    this.unwinds = true;
    const { processes, files, rows, rules } = unwindMaps;
    this.foundMapping ??= { layout: findMappingLayout(this.core) };
    return {
      processes: globalAddress(processes),
      files: globalAddress(files),
      rows: globalAddress(rows),
      rules: globalAddress(rules),
      mapping: this.foundMapping.layout,
    };
  }

  /** A callback of ours, made when first wanted. @returns its name */
  callbackFor(name: string, place: Place, make: (name: string, place: Place) => IrFunction): string {
    if (!this.functions.some((fn) => fn.name === name)) this.functions.push(make(name, place));
    return name;
  }

  /** Number of a time format or cgroup filter in the manifest. */
  textIndex(list: "timeFormats" | "cgroupFilters", text: string): number {
    const known = this[list].indexOf(text);
    return known >= 0 ? known : this[list].push(text) - 1;
  }

  /** Everything global, once all functions are there. */
  globals(): readonly IrGlobal[] {
    const keys = this.counters().map((_, index) => {
      const site = index < this.sites.length;
      const name = site ? `site_${this.firstSite + index}` : `loss_${index - this.sites.length}`;
      return readOnly(name, littleEndian(index, 4), 4);
    });
    const data = this.storedMaps().flatMap((storage) =>
      storage.global === undefined ? [] : [storage.global],
    );
    const exit = this.exits.possible ? [exitGlobal] : [];
    const zeroes = this.largestZero === 0 ? [] : [readOnly("zeroes", new Uint8Array(this.largestZero))];
    return [...this.constants.values(), ...zeroes, ...keys, ...this.settingsGlobal(), ...data, ...exit];
  }

  counters(): readonly Counter[] {
    const ofSites = this.sites.map(
      ({ position, action }): Counter => ({
        kind: "event",
        position,
        name: action.kind,
      }),
    );
    return [...ofSites, ...this.losses];
  }

  globalSpecs(): readonly GlobalSpec[] {
    return this.settings;
  }

  namedParameterSize(name: string): number {
    const parameter = this.core.namedParameters.find((candidate) => candidate.name === name);
    invariant(parameter !== undefined, `--${name} is a parameter of the program`);
    return sizeOf(parameter.type, this.core.structs);
  }

  private settingsGlobal(): readonly IrGlobal[] {
    if (this.settingsEnd === 0) return [];
    return [
      {
        name: SETTINGS,
        section: SETTINGS_SECTION,
        size: this.settingsEnd,
        align: 8,
        initial: undefined,
        constant: true,
        patched: true,
        place: undefined,
      },
    ];
  }
}

function readOnly(name: string, initial: Uint8Array, align = 8): IrGlobal {
  const { length: size } = initial;
  return { name, section: ".rodata", size, align, initial, constant: true, patched: false, place: undefined };
}

export function littleEndian(value: number | bigint, bytes: number): Uint8Array {
  const result = new Uint8Array(bytes);
  let rest = BigInt.asUintN(8 * bytes, BigInt(value));
  for (let i = 0; i < bytes; i += 1) {
    result[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return result;
}

function sameSetting(a: GlobalSpec["value"], b: GlobalSpec["value"]): boolean {
  if (a.kind === "named-parameter" && b.kind === "named-parameter") return a.name === b.name;
  return a.kind === b.kind;
}

function samePosition(a: SourcePosition, b: SourcePosition): boolean {
  return a.file === b.file && a.startLine === b.startLine && a.startColumn === b.startColumn;
}
