/** What a kernel can do, judged from its types: helper numbers and attach types are enum constants in BTF. */

import type { KernelFacts, KernelFeature } from "./facts.ts";

/** All of the constants and functions must be there. */
interface Evidence {
  readonly constants: readonly string[];
  readonly functions?: readonly string[];
  /** Any one of them; a struct stands for code that has no function in BTF. */
  readonly structs?: readonly string[];
  /** First release that has it, for kernels without BTF. */
  readonly since: readonly [number, number];
}

/** Which evidence a feature leaves. Releases are those of the kernel's history; a kernel may lack it by configuration. */
const evidence: Readonly<Record<Exclude<KernelFeature, "btf">, Evidence>> = {
  module_btf: { constants: [], structs: ["struct btf_module"], since: [5, 11] },
  ring_buffer: { constants: ["BPF_MAP_TYPE_RINGBUF"], since: [5, 8] },
  fentry: { constants: ["BPF_TRACE_FENTRY"], functions: ["register_ftrace_direct"], since: [5, 5] },
  iter: { constants: ["BPF_TRACE_ITER"], since: [5, 8] },
  kprobe: { constants: [], functions: ["register_kprobe"], since: [4, 1] },
  kprobe_multi: {
    constants: ["BPF_TRACE_KPROBE_MULTI"],
    functions: ["register_fprobe_ips"],
    since: [5, 18],
  },
  kprobe_session: {
    constants: ["BPF_TRACE_KPROBE_SESSION"],
    functions: ["register_fprobe_ips"],
    since: [6, 10],
  },
  uprobe_multi: { constants: ["BPF_TRACE_UPROBE_MULTI"], since: [6, 6] },
  for_each_map_elem: { constants: ["BPF_FUNC_for_each_map_elem"], since: [5, 13] },
  loop: { constants: ["BPF_FUNC_loop"], since: [5, 17] },
  get_func_ip: { constants: ["BPF_FUNC_get_func_ip"], since: [5, 15] },
  map_lookup_percpu_elem: { constants: ["BPF_FUNC_map_lookup_percpu_elem"], since: [5, 19] },
  ktime_get_tai_ns: { constants: ["BPF_FUNC_ktime_get_tai_ns"], since: [6, 1] },
  dpath: { constants: ["BPF_FUNC_d_path"], since: [5, 10] },
  map_sum_elem_count: { constants: [], functions: ["bpf_map_sum_elem_count"], since: [6, 6] },
};

/**
 * Whether a kernel with these types has a feature. That it was built in does not say that it is allowed: locking down or a
 * missing privilege shows only when a program is loaded.
 */
export function featureFromTypes(
  feature: KernelFeature,
  types: Pick<KernelFacts, "findEnumConstant" | "findFunctions" | "findStruct">,
): boolean {
  if (feature === "btf") return true;
  const { constants, functions = [], structs = [] } = evidence[feature];
  return (
    constants.every((name) => types.findEnumConstant(name) !== undefined) &&
    functions.every((name) => types.findFunctions(name, "vmlinux").length > 0) &&
    structs.every((name) => types.findStruct(name, "vmlinux") !== undefined)
  );
}

/** Without types, a release that is too old is known to lack a feature; a newer one may be built without it. */
export function featureFromRelease(feature: KernelFeature, release: string): boolean | undefined {
  if (feature === "btf") return false;
  const match = /^(\d+)\.(\d+)/.exec(release);
  if (match === null) return undefined;
  const [major, minor] = evidence[feature].since;
  const older = Number(match[1]) < major || (Number(match[1]) === major && Number(match[2]) < minor);
  return older ? false : undefined;
}
