/** A script of as many lines as wanted, the same one each time: what people write, over and over with other names. */

/** Clean for any kernel with tracepoints of system calls and the type `struct task_struct`. */
export function generateScript(lines: number): string {
  const blocks: string[] = [head];
  let count = linesOf(head);
  for (let index = 0; ; index += 1) {
    const make = makers[index % makers.length] ?? opens;
    const block = make(index.toString());
    if (count + linesOf(block) > lines) break;
    blocks.push(block);
    count += linesOf(block);
  }
  return blocks.join("") + "// the end\n".repeat(lines - count);
}

function linesOf(text: string): number {
  return text.split("\n").length - 1;
}

const head = `#!/usr/bin/env probewright
config = {
  max_map_keys = 8192;
}

macro to_ms($ns) {
  $ns / 1000000
}

begin {
  printf("Tracing... Hit Ctrl-C to end.\\n");
}

`;

const opens = (n: string): string => `// Who opens which files, and how that ends.
tracepoint:syscalls:sys_enter_openat /pid > ${n}/ {
  @filename${n}[tid] = args.filename;
  @opens${n}[comm, pid] = count();
}

tracepoint:syscalls:sys_exit_openat /@filename${n}[tid] != 0/ {
  $ret = args.ret;
  $fd = $ret >= 0 ? $ret : -1;
  printf("%-6d %-16s %4d %s\\n", pid, comm, $fd, str(@filename${n}[tid]));
  delete(@filename${n}, tid);
}

`;

const reads = (n: string): string => `tracepoint:syscalls:sys_enter_read {
  @start${n}[tid] = nsecs;
}

tracepoint:syscalls:sys_exit_read /@start${n}[tid] != 0/ {
  $elapsed = nsecs - @start${n}[tid];
  @latency${n}[comm] = hist(to_ms($elapsed));
  if (args.ret > 0) {
    @bytes${n} = sum(args.ret);
    @sizes${n} = lhist(args.ret, 0, 4096, 256);
  } else {
    @failures${n}[args.ret] = count();
  }
  delete(@start${n}, tid);
}

`;

const tasks = (n: string): string => `tracepoint:syscalls:sys_enter_getpid {
  $task = (struct task_struct *)curtask;
  $parent = $task->real_parent;
  $depth = 0;
  for ($i : 0..4) {
    $depth++;
    if ($parent->pid == ${n}) {
      break;
    }
  }
  @parents${n}[$parent->tgid, $task->flags] = max($depth);
  @names${n} = $task->comm;
}

interval:s:5 {
  print(@parents${n}, 10);
  clear(@parents${n});
}

`;

const makers = [opens, reads, tasks];
