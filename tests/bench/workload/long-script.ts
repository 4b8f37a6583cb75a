/** A script of 300 lines. */

/** Probes as people write them. */
export function longScript(): string {
  const probes = Array.from({ length: 30 }, (_, i) => {
    const n = i.toString();
    return `tracepoint:syscalls:sys_enter_openat
/pid != ${n}/
{
  $name = str(args.filename);
  @start${n}[tid] = nsecs;
  if ($name != "x${n}") {
    printf("%-6d %-16s %s\\n", pid, comm, $name);
    @opens${n}[comm, $name] = count();
  }
}`;
  });
  return probes.join("\n");
}
