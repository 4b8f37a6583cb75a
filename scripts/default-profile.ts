/**
 * The steps of make-default-profile.sh that need our own code: choosing kernel modules, capturing inside the guest, and
 * compressing the result well.
 *
 *   default-profile.ts modules KERNEL_FOLDER OUT_FOLDER   modules to load, decompressed and numbered in the order to load
 *   default-profile.ts capture OUT                        a profile of the kernel that runs this, compressed quickly
 *   default-profile.ts pack IN OUT                        the same, compressed as small as can be
 */

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { repackProfile } from "@probewright/compiler";
import {
  brotliCodec,
  captureHostProfile,
  findSection,
  memorySource,
  openElf,
  openProfileFile,
  sectionBytes,
} from "@probewright/runtime";

const BEST_EFFORT = 11;
const QUICK_EFFORT = 2;
/** What may be shipped, in bytes. */
const MAX_PROFILE = 2 * 1024 * 1024;
const MAX_OUTPUT = 1 << 28;

/** Modules that people trace although they have no tracepoints of their own. */
const popular = [
  "bonding",
  "bridge",
  "dm_mod",
  "ip_tables",
  "loop",
  "macvlan",
  "nf_conntrack",
  "nf_nat",
  "nf_tables",
  "nvme",
  "overlay",
  "tun",
  "veth",
  "vhost_net",
  "virtio_blk",
  "virtio_net",
  "vxlan",
  "wireguard",
];

interface Module {
  readonly name: string;
  readonly bytes: Buffer;
  readonly depends: readonly string[];
  readonly hasTracepoints: boolean;
}

/** Modules are named with `_` wherever their files have `-`. */
function moduleName(path: string): string {
  return basename(path)
    .replace(/\.ko.*$/, "")
    .replaceAll("-", "_");
}

function readModule(path: string): Module {
  const bytes = path.endsWith(".xz")
    ? execFileSync("xz", ["-dc", path], { maxBuffer: MAX_OUTPUT })
    : readFileSync(path);
  const elf = openElf(memorySource(bytes));
  if (!elf.ok) throw new Error(`${path}: ${elf.error.message}`);
  const entries = (sectionBytes(elf.value, ".modinfo") ?? Buffer.alloc(0)).toString("latin1").split("\0");
  const depends = entries.find((entry) => entry.startsWith("depends="))?.slice("depends=".length) ?? "";
  return {
    name: moduleName(path),
    bytes,
    depends: depends
      .split(",")
      .filter((name) => name !== "")
      .map((name) => name.replaceAll("-", "_")),
    hasTracepoints: findSection(elf.value, "_ftrace_events") !== undefined,
  };
}

function writeModules(kernelFolder: string, outFolder: string): void {
  const paths = readdirSync(kernelFolder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.ko(\.xz)?$/.test(path))
    .map((path) => join(kernelFolder, path));
  const modules = new Map(paths.map((path) => [moduleName(path), readModule(path)]));
  const order: Module[] = [];
  const add = (name: string): void => {
    const found = modules.get(name);
    if (found === undefined || order.includes(found)) return;
    found.depends.forEach(add);
    if (!order.includes(found)) order.push(found);
  };
  for (const module of modules.values()) {
    if (module.hasTracepoints || popular.includes(module.name)) add(module.name);
  }
  mkdirSync(outFolder, { recursive: true });
  order.forEach(({ name, bytes }, i) => {
    writeFileSync(join(outFolder, `${`${i}`.padStart(3, "0")}-${name}.ko`), bytes);
  });
  console.log(`${order.length} modules`);
}

function pack(input: string, output: string): void {
  const packed = repackProfile(readFileSync(input), [brotliCodec()], brotliCodec(BEST_EFFORT));
  if (!packed.ok) throw new Error(packed.error.message);
  if (packed.value.length > MAX_PROFILE) throw new Error(`${packed.value.length} bytes are too many to ship`);
  writeFileSync(output, packed.value);
  const opened = openProfileFile(output, "default");
  if (!opened.ok) throw new Error(opened.error.message);
  const facts = opened.value;
  const events = facts.tracepointCategories().flatMap((category) => facts.tracepointEvents(category));
  console.log(
    `${facts.name}: ${packed.value.length} bytes, ${facts.typeNames().length} types, ` +
      `${facts.traceableFunctions()?.length ?? 0} functions, ${events.length} tracepoints, ` +
      `${facts.rawTracepoints().length} raw tracepoints, ${facts.modules().length} modules`,
  );
  for (const gap of facts.gaps) console.log(`lacks ${gap}`);
}

const [verb, first = "", second = ""] = process.argv.slice(2);
if (verb === "modules") writeModules(first, second);
else if (verb === "capture")
  writeFileSync(first, captureHostProfile({ environment: {}, effort: QUICK_EFFORT }));
else if (verb === "pack") pack(first, second);
else throw new Error("which step? modules, capture or pack");
