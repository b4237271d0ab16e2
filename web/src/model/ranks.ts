import type { Segment } from "./data";
import type { History, Track } from "./history";

export interface RankLine {
  readonly track: Track;
  /** 1 is best; 0 while the member has no score. One for each of `steps`. */
  readonly ranks: readonly number[];
  /** The segment that the rank rests on. */
  readonly segments: readonly (Segment | undefined)[];
}

export interface Ranks {
  readonly steps: readonly number[];
  /** Controls are ranked apart, so they are not here. */
  readonly lines: readonly RankLine[];
}

/**
 * The steps at which something that is ranked ended, at most `most` of them, evenly thinned; the last is always kept.
 * Ends that lie close together (a quarter of a usual segment) count as one, at the later of them.
 */
export function gridOf(history: History, most: number): number[] {
  const segments = history.tracks.filter((t) => !t.member.control).flatMap((t) => t.segments);
  const ends = new Set<number>();
  for (const s of segments) ends.add(s.endStep);
  const lengths = segments.map((s) => s.endStep - s.startStep).filter((n) => n > 0).sort((a, b) => a - b);
  const close = (lengths[lengths.length >> 1] ?? 0) / 4;
  const all: number[] = [];
  let first = -Infinity;
  for (const end of [...ends].sort((a, b) => a - b)) {
    if (end - first < close) all[all.length - 1] = end;
    else all.push((first = end));
  }
  if (all.length <= most) return all;
  const picked: number[] = [];
  for (let i = 0; i < most; i++) picked.push(all[Math.round((i * (all.length - 1)) / (most - 1))]!);
  return [...new Set(picked)];
}

/** The rank of a lineage: at each step that of the ancestor that had ended last by then; 0 where it had none. */
export function lineageRanks(ranks: Ranks, chain: readonly Segment[]): number[] {
  const lines = new Map(ranks.lines.map((l) => [l.track.member.id, l]));
  const found = ranks.steps.map(() => 0);
  let at = ranks.steps.length - 1;
  while (at > 0 && ranks.steps[at - 1]! >= (chain[0]?.endStep ?? Infinity)) at--;
  for (const s of chain) {
    const line = lines.get(s.member);
    for (; at >= 0 && ranks.steps[at]! >= s.endStep; at--) if (line) found[at] = line.ranks[at]!;
  }
  return found;
}

/** The order of all members by their latest score at each step of their own. Ties go to the lower id. */
export function ranksOf(history: History, most = 150): Ranks {
  const steps = gridOf(history, most);
  const tracks = history.tracks.filter((t) => !t.member.control);
  const scored = tracks.map((t) => t.segments.filter((s) => s.score !== null && s.score !== undefined));
  const place = tracks.map(() => -1);
  const ranks = tracks.map(() => [] as number[]);
  const rests = tracks.map(() => [] as (Segment | undefined)[]);
  for (const step of steps) {
    const now: { i: number; score: number }[] = [];
    tracks.forEach((_, i) => {
      const list = scored[i]!;
      while (place[i]! + 1 < list.length && list[place[i]! + 1]!.endStep <= step) place[i]!++;
      const s = list[place[i]!];
      if (s) now.push({ i, score: s.score! });
      ranks[i]!.push(0);
      rests[i]!.push(s);
    });
    now.sort((a, b) => (a.score === b.score ? a.i - b.i : history.better(a.score, b.score) ? -1 : 1));
    now.forEach((e, k) => (ranks[e.i]![ranks[e.i]!.length - 1] = k + 1));
  }
  return { steps, lines: tracks.map((track, i) => ({ track, ranks: ranks[i]!, segments: rests[i]! })) };
}
