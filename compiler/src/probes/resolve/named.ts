/** What events and functions are called in attach points, for those that are named without what belongs before them. */

import type { KernelFacts } from "../../kernel/facts.ts";
import { hasFunction } from "../../kernel/function-names.ts";

const SYSTEM_CALLS = "syscalls";

/** The attach point of an event, or else of a function, that has this name. */
export function attachPointNamed(name: string, facts: KernelFacts): string | undefined {
  const category = facts.tracepointCategories().find((each) => facts.tracepointEvents(each).includes(name));
  if (category !== undefined) return `tracepoint:${category}:${name}`;
  const functions = facts.traceableFunctions();
  return functions !== undefined && hasFunction(functions, name) ? `kprobe:${name}` : undefined;
}

/** What functions of system calls are called before the call's name. */
const CALL_PREFIX = /^(?:__(?:x64|arm64|se|do)_)?(?:(?:sys|SyS|SYSC)_)?/;

/** The event of a system call that is named as functions and manuals name it: `openat`, `sys_openat`. */
export function systemCallEvent(
  name: string,
  side: "enter" | "exit",
  facts: KernelFacts,
): string | undefined {
  const call = name.replace(CALL_PREFIX, "");
  const events = facts.tracepointEvents(SYSTEM_CALLS);
  return [`sys_${side}_${call}`, `sys_${call}`].find((event) => events.includes(event));
}

/** An event of a category, named without what all of its category begin with: `switch` of `sched`. */
export function eventMeant(category: string, name: string, facts: KernelFacts): string | undefined {
  if (category === SYSTEM_CALLS) return systemCallEvent(name, "enter", facts);
  const events = facts.tracepointEvents(category);
  return [`${category}_${name}`, `${category.replace(/s$/, "")}_${name}`].find((each) =>
    events.includes(each),
  );
}
