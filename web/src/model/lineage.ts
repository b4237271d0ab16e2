import type { Node, Segment, Value } from "./data";
import { bestSegment, type History } from "./history";

/** A segment and all whose weights led to it, newest first. */
export function ancestry(history: History, node: Node): Segment[] {
  const chain: Segment[] = [];
  const seen = new Set<Segment>();
  for (let s = history.segment(node); s && !seen.has(s); s = history.parent(s)) {
    seen.add(s);
    chain.push(s);
  }
  return chain;
}

/** The model the page holds up: the named winner, or else the best single reading so far. */
export interface Best {
  readonly segment: Segment;
  readonly chain: readonly Segment[];
  readonly provisional: boolean;
  /** Nobody named a winner: this is the best of many single readings, which flatters. */
  readonly folded: boolean;
}

export function bestOf(history: History): Best | undefined {
  const { winner, lineage } = history.data;
  if (winner) {
    // The winner may be a copy that was measured before it trained: then a donor's segment made its weights.
    const told = lineage.map((n) => history.segment(n)).filter((s) => s !== undefined);
    const chain = told.length > 0 ? told : ancestry(history, winner);
    if (chain[0]) return { segment: chain[0], chain, provisional: winner.provisional, folded: false };
  }
  const segment = bestSegment(history, (t) => !t.member.control) ?? bestSegment(history, () => true);
  if (!segment) return undefined;
  return {
    segment, provisional: true, folded: true,
    chain: ancestry(history, { member: segment.member, segment: segment.index }),
  };
}

/** One stretch of a schedule: constant hyperparameters over a span of lineage steps. */
export interface Leg {
  readonly from: number;
  readonly to: number;
  readonly values: Readonly<Record<string, Value>>;
  /** Who trained it. */
  readonly member: number;
  readonly segments: readonly Segment[];
  /** The weights came over from another member here. */
  readonly copied: boolean;
}

/** The schedule that a chain of ancestors followed, oldest first; neighbours with equal values and member are one leg. */
export function schedule(chain: readonly Segment[]): Leg[] {
  const legs: Leg[] = [];
  for (let i = chain.length - 1; i >= 0; i--) {
    const s = chain[i]!;
    const last = legs.at(-1);
    const from = s.lineageStart ?? s.startStep;
    const to = s.lineageEnd ?? s.endStep;
    if (last && last.member === s.member && s.origin === "own" && sameValues(last.values, s.values)) {
      legs[legs.length - 1] = { ...last, to, segments: [...last.segments, s] };
    } else {
      legs.push({ from, to, values: s.values, member: s.member, segments: [s], copied: s.origin === "copy" });
    }
  }
  return legs;
}

export function sameValues(a: Readonly<Record<string, Value>>, b: Readonly<Record<string, Value>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((n) => n in b && sameValue(a[n]!, b[n]!));
}

export function sameValue(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => x === b[i]);
  return a === b;
}

/** Who is left of the beginning. Controls stand aside: nobody copies them, and they copy nobody. */
export interface Descent {
  /** Segments that some member's present weights come from. */
  readonly alive: ReadonlySet<Segment>;
  readonly founders: number;
  readonly surviving: number;
  /** The newest segment that all present weights come from. */
  readonly common: Segment | undefined;
}

export function descent(history: History): Descent {
  const below = new Map<Segment, number>();
  const rootsLeft = new Set<Segment>();
  let tips = 0;
  let founders = 0;
  for (const track of history.tracks) {
    if (track.member.control || track.segments.length === 0) continue;
    if (track.segments[0]!.origin !== "copy") founders++;
    tips++;
    let root: Segment | undefined;
    const tip = track.segments.at(-1)!;
    for (const s of ancestry(history, { member: tip.member, segment: tip.index })) {
      below.set(s, (below.get(s) ?? 0) + 1);
      root = s;
    }
    if (root) rootsLeft.add(root);
  }
  let common: Segment | undefined;
  if (tips > 1) {
    for (const [s, n] of below) if (n === tips && (!common || s.endStep > common.endStep)) common = s;
  }
  return { alive: new Set(below.keys()), founders, surviving: rootsLeft.size, common };
}

/** How many founders had living descendants, step by step. */
export function foundersOver(history: History, steps: readonly number[]): number[] {
  const root = new Map<Segment, Segment>();
  const rootOf = (s: Segment): Segment => {
    const path: Segment[] = [];
    const on = new Set<Segment>();
    let at: Segment = s;
    for (;;) {
      const known = root.get(at);
      if (known) {
        at = known;
        break;
      }
      path.push(at);
      on.add(at);
      const up = history.parent(at);
      if (!up || on.has(up)) break;
      at = up;
    }
    for (const p of path) root.set(p, at);
    return at;
  };
  const tracks = history.tracks.filter((t) => !t.member.control && t.segments.length > 0);
  const place = tracks.map(() => 0);
  return steps.map((step) => {
    const found = new Set<Segment>();
    tracks.forEach((t, i) => {
      let at = place[i]!;
      while (at + 1 < t.segments.length && t.segments[at + 1]!.startStep <= step) at++;
      place[i] = at;
      if (t.segments[at]!.startStep <= step) found.add(rootOf(t.segments[at]!));
    });
    return found.size;
  });
}
