/** "Did you mean": the known word closest to a misspelt one. */

/**
 * Edit distance with transpositions (optimal string alignment), cut off at `limit`.
 * @returns the distance, or `limit + 1` when it is larger
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    let smallest = i;
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution);
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      if (swapped) best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      current.push(best);
      smallest = Math.min(smallest, best);
    }
    if (smallest > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

const MOST_LENGTH_DIFFERENCE = 3;

/**
 * Whether `name` may be `other` with a slip in it, told at a glance: among thousands of names few are worth the distance.
 * A slip changes the length by little, and of the first letters it leaves some together.
 */
export function mayBeSlipOf(other: string, name: string): boolean {
  if (Math.abs(other.length - name.length) > MOST_LENGTH_DIFFERENCE) return false;
  const [first, second] = [name.charAt(0), name.charAt(1)];
  if (other.startsWith(first) || other.startsWith(second, 1) || other.startsWith(second + first)) return true;
  return startsWithin(other, name) || startsWithin(name, other);
}

const MOST_LOST = 2;

/** Whether the first letters of `name` are those of `other` but for one or two. */
function startsWithin(other: string, name: string): boolean {
  const at = other.indexOf(name.slice(0, 2));
  return at !== -1 && at <= MOST_LOST;
}

/**
 * The candidate nearest to `name`, at most a third of its length (at least one edit) away.
 * @returns undefined when nothing is near enough to be worth saying
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  for (const candidate of candidates) {
    // A definition that is being typed has no name yet.
    if (candidate === name || candidate === "") continue;
    const distance = editDistance(name, candidate, limit);
    if (distance > limit) continue;
    // Of equals the first, but rather one with letters swapped or mistaken than one with a letter less or more.
    const isSameLength = candidate.length === name.length && best?.length !== name.length;
    if (best !== undefined && distance === limit && !isSameLength) continue;
    best = candidate;
    limit = distance;
    if (limit === 0) break;
  }
  return best;
}
