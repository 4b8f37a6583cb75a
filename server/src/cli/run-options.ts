/** The options of `run`: bpftrace's, and the few of ours. */

import { compileOptions, programOption } from "./compile-options.ts";
import { debugStages } from "./debug-stages.ts";
import type { OptionRow } from "./options.ts";

export const runOptions: readonly OptionRow[] = [
  programOption,
  { name: "list", short: "l", help: "list the probes that match, instead of running" },
  { name: "verbose", short: "v", help: "say more; with a refused program, the verifier's log" },
  { name: "version", short: "V", help: "the version" },
  { name: "info", help: "what this machine can do; see also probewright doctor" },
  { name: "cmd", short: "c", argument: "COMMAND", help: "run this command and trace it until it ends" },
  ...compileOptions,
  { name: "output", short: "o", argument: "FILE", help: "write the script's output here" },
  {
    name: "format",
    short: "f",
    argument: "FORMAT",
    help: "text, json, or events (the session's own stream)",
  },
  { name: "buffering", short: "B", argument: "MODE", help: "line, full or none" },
  { name: "quiet", short: "q", help: "only what the script prints" },
  { name: "warnings", short: "k", help: "also report failed map look-ups and memory reads" },
  { name: "no-warnings", help: "no warnings" },
  { name: "dry-run", help: "compile, load and verify, but attach nothing" },
  { name: "mode", argument: "MODE", help: "codegen, test, bench or format" },
  { name: "test", help: "run the test: probes" },
  { name: "bench", help: "run the bench: probes" },
  { name: "fmt", help: "print the program laid out, and run nothing; see also probewright fmt" },
  { name: "emit-elf", argument: "FILE", help: "also write the BPF object here" },
  {
    name: "emit-llvm",
    argument: "PREFIX",
    help: "also write the LLVM IR to PREFIX.original.ll and PREFIX.optimized.ll",
  },
  { name: "probe-filter", argument: "REGEX", help: "keep only probes whose name matches" },
  {
    name: "max-loss",
    argument: "COUNT",
    help: "end with status 1 when more events and updates than this are lost",
  },
  {
    name: "debuginfo",
    argument: "DIR[:DIR]",
    repeatable: true,
    help: "look here for separate debug information",
  },
  { name: "only-probe", argument: "INDEX", help: "keep only this probe, counted from 0 (editors use it)" },
  {
    name: "map-interval",
    argument: "MS",
    help: "with -f events: the values of all maps this often (editors use it)",
  },
  { name: "script-name", argument: "NAME", help: "what messages call the script (editors use it)" },
  {
    name: "open-files",
    help: "the script comes as JSON, with the text of files that are open (editors use it)",
  },
  {
    name: "debug",
    short: "d",
    argument: "STAGES",
    repeatable: true,
    help: `also show what these make, a comma between: ${debugStages.map(({ name }) => name).join(", ")}, all`,
  },
  { name: "dwarf-pid", argument: "PID", repeatable: true, help: "dw_ustack works in this process too" },
  { name: "usdt-file-activation", help: "accepted for compatibility" },
  { name: "verify-llvm-ir", help: "accepted for compatibility: it always is" },
  { name: "btf", short: "b", help: "accepted for compatibility" },
];
