/** Cgroup ids to paths: the id is the inode number of the cgroup's folder. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

interface Hierarchy {
  readonly name: string;
  readonly mountPoint: string;
}

/** @returns a finder that gives `unified:/path,cpu:/path` for the hierarchies whose name matches the filter */
export function cgroupPathFinder(): (filter: string, id: bigint) => string {
  let hierarchies: readonly Hierarchy[] | undefined;
  const known = new Map<string, string>();
  return (filter, id) => {
    const key = `${filter} ${id.toString()}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    hierarchies ??= readHierarchies();
    const wanted = hierarchies.filter(({ name }) => filter === "" || name === filter);
    const found = wanted.flatMap(({ name, mountPoint }) => {
      const path = findFolder(mountPoint, id);
      return path === undefined ? [] : [`${name}:${path.slice(mountPoint.length) || "/"}`];
    });
    // A hierarchy may be mounted in several places.
    const text = [...new Set(found)].join(",");
    known.set(key, text);
    return text;
  };
}

function readHierarchies(): readonly Hierarchy[] {
  let mounts: string;
  try {
    mounts = readFileSync("/proc/self/mounts", "utf8");
  } catch {
    return [];
  }
  const unified: Hierarchy[] = [];
  const found: Hierarchy[] = [];
  for (const line of mounts.split("\n")) {
    const [, mountPoint = "", type, options = ""] = line.split(" ");
    if (type === "cgroup2") unified.push({ name: "unified", mountPoint });
    else if (type === "cgroup") found.push({ name: controllerOf(options), mountPoint });
  }
  return [...unified, ...found.sort((one, other) => (one.name < other.name ? -1 : 1))];
}

function controllerOf(options: string): string {
  const general = new Set(["rw", "ro", "nosuid", "nodev", "noexec", "relatime", "noatime", "xattr"]);
  return options
    .split(",")
    .filter((option) => !general.has(option))
    .map((option) => option.replace(/^name=/, ""))
    .join(",");
}

function findFolder(folder: string, id: bigint): string | undefined {
  try {
    if (statSync(folder, { bigint: true }).ino === id) return folder;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const found = entry.isDirectory() ? findFolder(join(folder, entry.name), id) : undefined;
      if (found !== undefined) return found;
    }
  } catch {
    // A cgroup that went away while we were looking.
  }
  return undefined;
}
