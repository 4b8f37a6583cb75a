/**
 * Prints what setup.sh must know about Node and node_modules, as shell assignments:
 *
 * - node_fits: yes when this Node is new enough
 * - node_abi: what a native addon is built against
 * - node_headers: the prefix whose include/node has Node's headers, or nothing
 * - dependencies: fresh, or what differs between node_modules and the lock file
 */

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ readonly version?: string, readonly link?: boolean, readonly optional?: boolean }} LockEntry
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** @returns {string} a prefix P with P/include/node/node_api.h, or "" */
function findHeaders() {
  const beside = join(dirname(realpathSync(process.execPath)), "..");
  const asked = process.env["npm_config_nodedir"];
  const candidates = [...(asked === undefined ? [] : [asked]), beside, "/usr", "/usr/local"];
  return candidates.find((prefix) => existsSync(join(prefix, "include/node/node_api.h"))) ?? "";
}

/**
 * Compares package-lock.json with the lock file that npm leaves in node_modules when it is done.
 * @returns {string} the first difference, or "fresh"
 */
function dependencyState() {
  const installed = readPackages(join(root, "node_modules/.package-lock.json"));
  if (installed === undefined) return "not installed yet";
  for (const [path, wanted] of Object.entries(readPackages(join(root, "package-lock.json")) ?? {})) {
    if (!path.includes("node_modules/")) continue;
    const found = installed[path];
    // what is for another processor or system stays away
    if (found === undefined && wanted.optional === true) continue;
    if (found?.version !== wanted.version || found?.link !== wanted.link)
      return `${path} differs from package-lock.json`;
  }
  return "fresh";
}

/**
 * @param {string} path
 * @returns {Readonly<Record<string, LockEntry>> | undefined}
 */
function readPackages(path) {
  if (!existsSync(path)) return undefined;
  const lock = /** @type {{ packages: Record<string, LockEntry> }} */ (
    JSON.parse(readFileSync(path, "utf8"))
  );
  return lock.packages;
}

/** @param {string} text */
function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
console.log(`node_fits=${major > 20 || (major === 20 && minor >= 19) ? "yes" : "no"}`);
console.log(`node_abi=${quote(`${process.platform}-${process.arch}-${process.versions.modules}`)}`);
console.log(`node_headers=${quote(findHeaders())}`);
console.log(`dependencies=${quote(dependencyState())}`);
