/** What stands in the way of running, with what helps. */
export interface Obstacle {
  readonly message: string;
  readonly advice: readonly string[];
  /** Whether root would not meet it. */
  readonly rootHelps?: true;
}
