/** A list of traceable functions as a kernel with many modules has it: names of the usual making, the same ones each time. */

const subsystems =
  "vfs tcp udp ip6 ext4 xfs btrfs blk nvme mm slab sched rcu bpf cgroup kvm drm usb pci acpi net nf".split(
    " ",
  );
const objects =
  "inode page folio queue socket buffer request device table entry group task timer lock node".split(" ");
const verbs =
  "read write open close alloc free init exit get put lookup insert remove update flush wait wake".split(" ");
const endings = ["", "_one", "_all", "_locked", "_slow", "_fast", "_range", "_bulk"];

/** In the form of `available_filter_functions`: a name a line, modules in brackets. */
export function generateFunctions(count: number): string {
  const lines: string[] = [];
  for (let index = 0; lines.length < count; index += 1) {
    const pick = (words: readonly string[], divisor: number): string =>
      words[Math.floor(index / divisor) % words.length] ?? "";
    const combinations = subsystems.length * verbs.length * objects.length * endings.length;
    const round = Math.floor(index / combinations);
    const name = [
      pick(subsystems, 1),
      pick(verbs, subsystems.length),
      pick(objects, subsystems.length * verbs.length) + pick(endings, combinations / endings.length),
      ...(round === 0 ? [] : [round.toString()]),
    ].join("_");
    lines.push(index % 3 === 0 ? `${name} [mod_${pick(subsystems, 1)}]` : name);
  }
  return `${lines.join("\n")}\n`;
}
