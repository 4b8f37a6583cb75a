/** The profile captured on this host for this kernel: what root could read, kept for users who may not. */

import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { homedir, release } from "node:os";
import { dirname } from "node:path";

import { err, type KernelFacts, ok, openProfile, type Result } from "@probewright/compiler";

import { brotliCodec } from "./brotli.ts";
import { readBytes } from "./read.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where it may be: this user's own, then the one that root captured for all. */
export function hostProfilePaths(environment: Environment): readonly string[] {
  const cache = environment["XDG_CACHE_HOME"] ?? `${environment["HOME"] ?? homedir()}/.cache`;
  const file = `probewright/kernel-${release()}.profile`;
  return [`${cache}/${file}`, `/var/cache/${file}`];
}

/** Undefined when there is none of the very kernel that runs. */
export function openHostProfile(environment: Environment): KernelFacts | undefined {
  for (const path of hostProfilePaths(environment)) {
    const bytes = readBytes(path);
    const opened = bytes.ok ? openProfile(bytes.value, { codecs: [brotliCodec()] }) : undefined;
    if (opened?.ok === true && opened.value.name === release()) return opened.value;
  }
  return undefined;
}

/**
 * Keeps a captured profile where `openHostProfile` finds it: for all users when root does it.
 * @returns the path, or why it could not be written
 */
export function keepHostProfile(bytes: Uint8Array, environment: Environment): Result<string, string> {
  const [own = "", shared = ""] = hostProfilePaths(environment);
  const path = process.getuid?.() === 0 ? shared : own;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    // Whoever opens it meanwhile sees the old one or the new one, never half of it.
    const half = `${path}.${process.pid}`;
    writeFileSync(half, bytes, { mode: 0o644 });
    renameSync(half, path);
    return ok(path);
  } catch (error) {
    return err(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
