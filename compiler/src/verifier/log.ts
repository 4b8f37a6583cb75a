/** The verifier's log as data: the instructions it walked, what it knew at each, and what it said at last. */

/** One instruction of the way that led to the rejection, in the order the verifier took. */
export interface VerifierStep {
  /** Number in the loaded program, callbacks and functions of the script behind the program itself. */
  readonly instruction: number;
  readonly text: string;
}

export interface VerifierLog {
  readonly steps: readonly VerifierStep[];
  /** Last known state of registers and stack slots: `R0` → `map_value_or_null(id=1,...)`. */
  readonly state: ReadonlyMap<string, string>;
  /** Register → the helper whose result it last held. */
  readonly origins: ReadonlyMap<string, string>;
  /** The verifier's own words for what is wrong; empty when it found nothing. */
  readonly finding: string;
  /** The last source text that the log quotes, with its line where the kernel tells it. */
  readonly quoted: { readonly text: string; readonly line: number | undefined } | undefined;
  readonly processed: { readonly instructions: number; readonly limit: number } | undefined;
}

const step = /^(\d+): \([\da-f]{2}\) (.*)$/;
const stateLine = /^(?:from \d+ to )?\d+: (?:\([^)]*\) )?((?:safe|frame\d+|R\d+|fp-?\d+).*)$/;
const assignment = /((?:R\d+|fp-?\d+)(?:_\w+)?)=((?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+)/g;
const statistics = /^processed (\d+) insns \(limit (\d+)\)/;
/** Lines that tell how the verifier went on, not what it found. */
const noise =
  /^(?:processed|verification time|stack depth|max_states|mark_precise|caller:|callee:|returning from callee|to caller|propagating|last_idx|regs=|parent (?:state|already|didn)|frame\d+:|func#\d+|Validating|from \d+|;|\d+: |btf_|arg#|At callsite|(?:cur|old) state:)/;

export function parseVerifierLog(log: string): VerifierLog {
  const steps: VerifierStep[] = [];
  const state = new Map<string, string>();
  const origins = new Map<string, string>();
  const findings: string[] = [];
  let quoted: VerifierLog["quoted"];
  let processed: VerifierLog["processed"];
  for (const raw of log.split("\n")) {
    const line = raw.trim();
    const counted = statistics.exec(line);
    if (counted !== null) processed = { instructions: Number(counted[1]), limit: Number(counted[2]) };
    if (line.startsWith("; ")) quoted = readQuote(line);
    const walked = step.exec(line);
    if (walked !== null) {
      const [text, after] = splitState(walked[2] ?? "");
      steps.push({ instruction: Number(walked[1]), text });
      noteOrigin(text, origins);
      noteState(after, state);
      continue;
    }
    const known = stateLine.exec(line);
    if (known !== null) noteState(known[1] ?? "", state);
    // Some findings come with more lines that explain them: the first of the last group is the finding.
    else if (line !== "" && !noise.test(line)) findings.push(line);
  }
  return { steps, state, origins, finding: chooseFinding(findings), quoted, processed };
}

/** The last line says it, unless it only adds to the line before. */
function chooseFinding(findings: readonly string[]): string {
  const [before = "", last = ""] = [findings.at(-2), findings.at(-1)];
  const isRemark = /^(?:R\d+ (?:min|max) value is outside|arg#|should have been)/.test(last);
  if (isRemark && before.includes("invalid access to")) return before;
  return before.startsWith("Unreleased reference") ? before : last;
}

function splitState(text: string): readonly [string, string] {
  const at = text.search(/\s+(?:;|\d+:) (?:R\d|fp|frame)/);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at)];
}

function readQuote(line: string): VerifierLog["quoted"] {
  const placed = /^; (.*) @ [^@]*?:(\d+)(?::\d+)?$/.exec(line);
  if (placed !== null) return { text: placed[1] ?? "", line: Number(placed[2]) };
  return { text: line.slice(2), line: undefined };
}

function noteState(text: string, state: Map<string, string>): void {
  for (const [, name, value] of text.matchAll(assignment)) {
    if (name !== undefined && value !== undefined) state.set(name.replace(/_\w+$/, ""), value);
  }
}

function noteOrigin(text: string, origins: Map<string, string>): void {
  const called = /^call (?:bpf_)?(\w+)(?:#\d+)?/.exec(text)?.[1];
  if (called !== undefined) {
    for (const register of ["R1", "R2", "R3", "R4", "R5"]) origins.delete(register);
    origins.set("R0", called);
    return;
  }
  const moved = /^[rw](\d+) = ([rw])(\d+)$/.exec(text);
  if (moved !== null) {
    const from = origins.get(`R${moved[3] ?? ""}`);
    if (from === undefined) origins.delete(`R${moved[1] ?? ""}`);
    else origins.set(`R${moved[1] ?? ""}`, from);
    return;
  }
  const written = /^[rw](\d+) = /.exec(text);
  if (written !== null) origins.delete(`R${written[1] ?? ""}`);
}
