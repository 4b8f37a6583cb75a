/** One line of what `doctor` says of this machine. */
export interface Finding {
  readonly topic: string;
  readonly status: "ok" | "limited" | "missing";
  readonly detail: string;
  /** A command or step that mends it. */
  readonly mend?: string;
}
