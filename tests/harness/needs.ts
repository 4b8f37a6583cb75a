/** What a test needs of the machine it runs on, and the reason it is skipped where that is lacking. */

import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Programs that tests drive and scripts/setup-test-tools.sh gets, by the path of what is run. */
export const toolPaths = {
  neovim: join(root, ".tools/neovim/bin/nvim"),
  emacs: join(root, ".tools/emacs/bin/emacs"),
  helix: join(root, ".tools/helix/bin/hx"),
  vscode: join(root, ".tools/vscode/node_modules/code-server/out/node/entry.js"),
  bpftrace: join(root, ".tools/bpftrace/bin/bpftrace"),
} as const;

/** Per need, what is lacking here; undefined when it is met. */
const lacks = {
  linux: () => unless(process.platform === "linux", "Linux"),
  root: () => unless(process.getuid?.() === 0, "root"),
  bpf: lackOfBpf,
  "llvm-bindings": () =>
    lackOfPart("native/llvm-bindings/build/Release/llvm_bindings.node", "the LLVM binding"),
  loader: () => lackOfPart("native/loader/build/probewright-loader", "the loader"),
  executable: () => lackOfPart("server/dist/probewright.cjs", "the probewright executable"),
  neovim: () => lackOfTool("neovim"),
  emacs: () => lackOfTool("emacs"),
  helix: () => lackOfTool("helix") ?? lackOfCommand("tmux"),
  "vim-ale": () =>
    lackOfCommand("vim") ?? unless(existsSync("/usr/share/vim-ale"), "ALE (apt-get install vim-ale)"),
  vscode: () => lackOfTool("vscode") ?? lackOfCommand("chromium"),
  bpftrace: () => lackOfTool("bpftrace"),
  guest: () => lackOfCommand("qemu-system-x86_64") ?? lackOfCommand("busybox") ?? lackOfCommand("cpio"),
  gcc: () => lackOfCommand("gcc"),
  clang: () => (lackOfCommand("clang-19") === undefined ? undefined : lackOfCommand("clang")),
  script: () => lackOfCommand("script"),
  strace: () => lackOfCommand("strace"),
  unshare: () => lackOfCommand("unshare"),
} satisfies Readonly<Record<string, () => string | undefined>>;

/** A privilege, a kernel, a built part of ours, or a program that tests drive. */
export type Need = keyof typeof lacks;

/**
 * For node:test's `skip`: `test("...", { skip: unmet("root", "bpf") }, ...)`.
 *
 * @returns all that is lacking, e.g. `needs root; needs the loader (npm run setup builds it)`, or false when nothing is
 */
export function unmet(...needs: readonly Need[]): string | false {
  const lacking = needs.map((need) => lacks[need]()).filter((lack) => lack !== undefined);
  return lacking.length === 0 ? false : lacking.map((lack) => `needs ${lack}`).join("; ");
}

function unless(met: boolean, lack: string): string | undefined {
  return met ? undefined : lack;
}

function lackOfPart(path: string, what: string): string | undefined {
  return unless(existsSync(join(root, path)), `${what} (npm run setup builds it)`);
}

function lackOfTool(name: keyof typeof toolPaths): string | undefined {
  return unless(existsSync(toolPaths[name]), `${name} (scripts/tools/get-${name}.sh gets it)`);
}

function lackOfCommand(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return unless(
    folders.some((folder) => existsSync(join(folder, name))),
    `${name} on the PATH`,
  );
}

/** Loading programs takes a kernel that describes its types, and CAP_BPF or CAP_SYS_ADMIN: root in a container lacks them. */
function lackOfBpf(): string | undefined {
  if (!existsSync("/sys/kernel/btf/vmlinux")) return "a kernel with BPF and BTF";
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  const capabilities = BigInt(`0x${effective}`);
  const CAP_SYS_ADMIN = 21n;
  const CAP_BPF = 39n;
  const may = [CAP_SYS_ADMIN, CAP_BPF].some((bit) => ((capabilities >> bit) & 1n) === 1n);
  return unless(may, "CAP_BPF");
}
