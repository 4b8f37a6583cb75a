/** Workloads of the cases of kernel probes, and how these tell their own events. */

/** Each attaches to what `syscall nanosleep` or `syscall read` calls. */
export const sleep = "./testprogs/syscall nanosleep 1000";
export const read = "./testprogs/syscall read";
export const loop = "./testprogs/nanosleep_loop";
export const ours = '/comm == "syscall"/';
