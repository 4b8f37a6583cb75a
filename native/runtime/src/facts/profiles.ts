/** Kernel profiles as files: capturing the running kernel, opening one, the one that ships. */

import { readdirSync } from "node:fs";
import { release } from "node:os";
import { fileURLToPath } from "node:url";

import {
  captureProfile,
  type CapturedTypes,
  err,
  importMockKernel,
  type KernelFacts,
  type KeptTypes,
  openProfile,
  type ProfileError,
  type Result,
} from "@probewright/compiler";

import { brotliCodec } from "./brotli.ts";
import { createLiveFacts } from "./live.ts";
import { readBytes } from "./read.ts";

export interface CaptureOptions {
  /** 1 to 11; see `brotliCodec`. */
  readonly effort?: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A profile of the running kernel. What this user may not read is left out and listed among its gaps. */
export function captureHostProfile({ effort, environment }: CaptureOptions): Uint8Array {
  const facts = createLiveFacts({ eager: true, environment, workingDirectory: "/", mayMount: true });
  return captureProfile({ facts, types: hostTypes(), release: release() }, brotliCodec(effort));
}

/** The kernel's types first, as those of modules build on them. */
function hostTypes(): readonly CapturedTypes[] {
  const folder = "/sys/kernel/btf";
  try {
    const modules = readdirSync(folder).filter((name) => name !== "vmlinux");
    return ["vmlinux", ...modules.sort()].flatMap((module) => {
      const bytes = readBytes(`${folder}/${module}`);
      return bytes.ok ? [{ module, bytes: bytes.value }] : [];
    });
  } catch {
    return [];
  }
}

export type ProfileFileError = ProfileError | { readonly kind: "unreadable"; readonly message: string };

export function openProfileFile(
  path: string,
  source: "profile" | "default" = "profile",
  kept?: KeptTypes,
): Result<KernelFacts, ProfileFileError> {
  const bytes = readBytes(path);
  if (!bytes.ok) {
    return err({ kind: "unreadable", message: bytes.error === "absent" ? "no such file" : "not readable" });
  }
  return openProfile(bytes.value, { codecs: [brotliCodec()], source, kept });
}

/** Where the profile that ships is, relative to the sources and to the built files alike. */
export const defaultProfilePath = fileURLToPath(
  new URL("../../data/default-kernel.profile", import.meta.url),
);

/** The profile that ships with the program. */
export function openDefaultProfile(kept?: KeptTypes): Result<KernelFacts, ProfileFileError> {
  return openProfileFile(defaultProfilePath, "default", kept);
}

/** A profile of a kernel described in JSON. */
export function importProfile(json: string): Result<Uint8Array, string> {
  try {
    return importMockKernel(JSON.parse(json), brotliCodec(9));
  } catch (error) {
    return err(`not JSON: ${String(error)}`);
  }
}
