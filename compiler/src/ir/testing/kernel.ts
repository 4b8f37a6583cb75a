/** The helpers as a kernel would answer them, as far as tests need it, with those made to fail that a test names. */

import type { IrHelperCall } from "../ir.ts";
import type { IrMap, IrModule } from "../ir.ts";
import type { HelperName } from "../helpers.ts";
import type { Machine, TestHelper } from "./interpret.ts";

const ARRAYS: ReadonlySet<number> = new Set([2, 6]);
const FAILED = -14n;
const ONLY_NEW = 1n;
const EXISTS = -17n;
const TASK_BYTES = 1 << 14;
const MOST_ROUNDS = 16n;

type Fails = (call: IrHelperCall, map: string | undefined) => boolean;

export class TestKernel {
  /** Every call, in order. */
  readonly calls: { readonly call: IrHelperCall; readonly map: string | undefined }[] = [];
  private readonly maps: ReadonlyMap<string, IrMap>;
  private readonly elements = new Map<string, Map<string, bigint>>();
  private readonly fails: Fails;
  private taskAddress: bigint | undefined;

  constructor(module: IrModule, fails: Fails) {
    this.maps = new Map(module.maps.map((map) => [map.name, map]));
    this.fails = fails;
  }

  readonly helper: TestHelper = (call, args, machine) => {
    const map = machine.nameAt(args[0] ?? 0n);
    this.calls.push({ call, map });
    if (this.fails(call, map)) {
      const pointer = call.type === "ptr";
      return pointer ? 0n : BigInt.asUintN(64, FAILED);
    }
    return BigInt.asUintN(64, this.answer(call.helper, args, machine));
  };

  /** Addresses of the elements of a map. */
  elementsOf(map: string): readonly bigint[] {
    return [...(this.elements.get(map)?.values() ?? [])];
  }

  private answer(helper: HelperName, args: readonly bigint[], machine: Machine): bigint {
    const [first = 0n, second = 0n, third = 0n, fourth = 0n] = args;
    switch (helper) {
      case "map_lookup_elem":
      case "map_lookup_percpu_elem":
        return this.lookUp(first, second, machine);
      case "map_update_elem":
        return this.update(first, second, { value: third, flags: fourth }, machine);
      case "map_delete_elem":
        return this.elementsIn(first, machine).delete(this.keyAt(first, second, machine)) ? 0n : -2n;
      case "get_current_task":
      case "get_current_task_btf":
        return this.task(machine);
      case "ringbuf_reserve":
        return machine.memory.take(Number(second));
      case "loop":
        return this.loop(first, second, third, machine);
      default:
        // Times, ids and reads answer zero; what reads leave is what was there.
        return 0n;
    }
  }

  /** Each of its pointers leads to itself. */
  private task(machine: Machine): bigint {
    if (this.taskAddress === undefined) {
      this.taskAddress = machine.memory.take(TASK_BYTES);
      for (let at = 0; at < TASK_BYTES; at += 8)
        machine.memory.store(this.taskAddress + BigInt(at), 8, this.taskAddress);
    }
    return this.taskAddress;
  }

  private map(address: bigint, machine: Machine): IrMap {
    const map = this.maps.get(machine.nameAt(address) ?? "");
    if (map === undefined) throw new Error(`no map at ${address}`);
    return map;
  }

  private elementsIn(address: bigint, machine: Machine): Map<string, bigint> {
    const { name } = this.map(address, machine);
    const found = this.elements.get(name) ?? new Map<string, bigint>();
    this.elements.set(name, found);
    return found;
  }

  private keyAt(map: bigint, key: bigint, machine: Machine): string {
    return machine.memory.slice(key, this.map(map, machine).keySize).join(",");
  }

  private lookUp(address: bigint, key: bigint, machine: Machine): bigint {
    const map = this.map(address, machine);
    const elements = this.elementsIn(address, machine);
    const text = this.keyAt(address, key, machine);
    if (!elements.has(text) && ARRAYS.has(map.type)) elements.set(text, machine.memory.take(map.valueSize));
    return elements.get(text) ?? 0n;
  }

  private update(
    address: bigint,
    key: bigint,
    { value, flags }: { readonly value: bigint; readonly flags: bigint },
    machine: Machine,
  ): bigint {
    const { valueSize } = this.map(address, machine);
    const elements = this.elementsIn(address, machine);
    const text = this.keyAt(address, key, machine);
    if (elements.has(text) && flags === ONLY_NEW) return EXISTS;
    const element = elements.get(text) ?? machine.memory.take(valueSize);
    elements.set(text, element);
    machine.memory.write(element, machine.memory.slice(value, valueSize).slice());
    return 0n;
  }

  private loop(rounds: bigint, callback: bigint, context: bigint, machine: Machine): bigint {
    const name = machine.nameAt(callback);
    if (name === undefined) throw new Error(`no function at ${callback}`);
    for (let round = 0n; round < rounds && round < MOST_ROUNDS; round += 1n) {
      if (machine.call(name, [round, context]) !== 0n) return round + 1n;
    }
    return rounds;
  }
}
