/** Every name of the language has a row, or a reason why not. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { builtins, findBuiltin } from "./catalog.ts";
import { signaturesOf } from "./signature.ts";
import { lowerings } from "./lowering/table.ts";

/** Names a script may use, by the families of the language's manual. */
const names = `
  args arg0 arg9 ctx cgroup comm config cpid has_cpid cpu curtask elapsed func gid uid username jiffies kstack ustack
  dw_ustack leader_comm leader_tid pcomm ppid ncpus nsecs numaid pid tid probe probetype rand retval usermode
  count sum min max avg stats hist lhist tseries
  clear zero delete has_key find len print is_scalar
  str buf ksym usym kaddr uaddr percpu_kaddr reg kptr uptr macaddr ntop pton path cgroupid cgroup_path strncmp bswap
  strftime socket_cookie skboutput getopt strlen strcap strstr strcontains str_concat strerror signal_name
  syscall_name is_err container_of unwatch
  printf errorf warnf debugf cat system join time exit fail static_assert assert override signal signal_thread
  write_user
  is_str is_ptr is_array is_integer is_unsigned_integer is_literal kfunc_exist kfunc_allowed elf_is_exe
  __builtin_arch __builtin_safe_mode __builtin_probe __builtin_probetype __builtin_config __builtin_comm __builtin_cpu
  __builtin_cpid __builtin_ncpus __builtin_elapsed __builtin_func __builtin_retval __builtin_usermode
  __builtin_elf_is_exe __builtin_dw_ustack __builtin_uaddr __builtin_signal_num __builtin_kfunc_exist
  __builtin_kfunc_allowed __builtin_is_literal
`
  .trim()
  .split(/\s+/);

/** Names that exist upstream for its own library only. */
const notOurs: Readonly<Record<string, string>> = {
  check_key: "a helper of upstream's library; keys are checked by the rows of delete, has_key and find",
  assert_str: "a helper of upstream's library; string parameters say so themselves",
  assert_userspace_probe: "a helper of upstream's library; rows name the capability they need",
  default_str_length: "a helper of upstream's library; max_strlen is config.max_strlen",
  memcmp: "a helper of upstream's library; values are compared with ==",
  memcmp_record: "a helper of upstream's library; records are compared with ==",
  usdt_arg: "a helper of upstream's library; arguments are arg0, arg1 and so on",
  elf_info: "a helper of upstream's uaddr; the runtime resolves addresses itself",
  __builtin_elf_ino: "a part of elf_info",
  __signal: "a helper of upstream's signal",
  __strnlen: "a helper of upstream's strlen",
};

/** Names without code, and why. */
const withoutCode: Readonly<Record<string, string>> = {
  unwatch: "upstream documents it and has no implementation either",
};

test("the names of the language", () => {
  const lacking = names.filter((name) => findBuiltin(name) === undefined);
  assert.deepEqual(lacking, []);
  const both = Object.keys(notOurs).filter((name) => findBuiltin(name) !== undefined);
  assert.deepEqual(both, []);
});

test("rows without another meaning can be compiled", () => {
  const known = new Set(Object.keys(withoutCode));
  const lacking = builtins
    .filter((row) => row.kind !== "aggregation" && row.expand === undefined && !(row.name in lowerings))
    .map(({ name }) => name)
    .filter((name) => !known.has(name));
  assert.deepEqual(lacking, []);
});

test("signatures are spelt in one place", () => {
  const spelt = ["pid", "buf", "print", "kstack", "find"].map((name) => {
    const row = findBuiltin(name);
    return row === undefined ? "" : signaturesOf(row).join(" | ");
  });
  assert.deepEqual(spelt, [
    "uint32 pid | uint32 pid(namespace: curr_ns|init)",
    "buffer buf(data[, length])",
    "void print(@map[, const top][, const divisor]) | void print(value[, extra…])",
    "kstack kstack | kstack kstack(mode: bpftrace|perf|raw|build_id) | kstack kstack(const limit) | kstack kstack(mode: bpftrace|perf|raw|build_id, const limit)",
    "bool find(@map, key, $into)",
  ]);
});
