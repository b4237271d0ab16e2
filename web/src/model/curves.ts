import type { Segment } from "./data";
import type { History, Track } from "./history";

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly segment: Segment;
}

/** A member's scores. A new stretch begins wherever its weights came from elsewhere. */
export interface Curve {
  readonly track: Track;
  readonly stretches: readonly (readonly Point[])[];
  /** All points, by x. */
  readonly points: readonly Point[];
}

/** Weights that went from one member to another. */
export interface Jump {
  readonly from: Point;
  readonly to: Point;
  /** Where the recipient stood before, if it ever had a score. */
  readonly before: Point | null;
  readonly segment: Segment;
}

/** A segment that failed, at the height of the last score before it. */
export interface Failure {
  readonly x: number;
  readonly y: number | null;
  readonly segment: Segment;
}

export interface Curves {
  readonly curves: readonly Curve[];
  readonly jumps: readonly Jump[];
  readonly failures: readonly Failure[];
  /** The best reading so far among those that are no controls. */
  readonly best: readonly Point[];
  readonly low: number;
  readonly high: number;
}

export function curvesOf(history: History): Curves {
  const jumps: Jump[] = [];
  const failures: Failure[] = [];
  const all: Point[] = [];
  let low = Infinity;
  let high = -Infinity;
  const curves = history.tracks.map((track): Curve => {
    const stretches: Point[][] = [];
    let stretch: Point[] | undefined;
    let last: Point | null = null;
    for (const s of track.segments) {
      if (s.origin === "copy") {
        const donor = history.parent(s);
        const y = s.copied ?? donor?.score ?? null;
        stretch = undefined;
        if (y !== null) {
          const to: Point = { x: s.startStep, y, segment: s };
          stretches.push((stretch = [to]));
          const from: Point = donor && donor.score !== null ? { x: donor.endStep, y: donor.score, segment: donor } : to;
          jumps.push({ from, to, before: last, segment: s });
          last = to;
        }
      } else if (s.origin === "fresh") {
        stretch = undefined;
      }
      if (s.failed !== null && s.failed !== undefined) failures.push({ x: s.endStep, y: s.score ?? last?.y ?? null, segment: s });
      for (const p of midway(s)) {
        if (!stretch) stretches.push((stretch = []));
        stretch.push((last = p));
      }
      if (s.score === null || s.score === undefined) continue;
      if (!stretch) stretches.push((stretch = []));
      const point = { x: s.endStep, y: s.score, segment: s };
      stretch.push(point);
      last = point;
      if (!track.member.control) all.push(point);
    }
    const points = stretches.flat();
    for (const p of points) {
      low = Math.min(low, p.y);
      high = Math.max(high, p.y);
    }
    return { track, stretches, points };
  });
  all.sort((a, b) => a.x - b.x || (history.better(a.y, b.y) ? -1 : 1));
  const best: Point[] = [];
  for (const p of all) {
    const top = best.at(-1);
    if (!top || history.better(p.y, top.y)) best.push(p);
  }
  return { curves, jumps, failures, best, low, high };
}

/** The readings inside a segment. */
function midway(s: Segment): Point[] {
  return (s.midway ?? []).flatMap((m) => (m.score === null ? [] : [{ x: m.step, y: m.score, segment: s }]));
}

/**
 * The scores of a chain of ancestors, oldest first: what the winner's weights went through. A new stretch begins with
 * each copy, for members have counters of their own: a donor may have stood before or behind its recipient.
 * Where a copy was measured again, that reading is a point of its own.
 */
export function chainStretches(chain: readonly Segment[]): Point[][] {
  const stretches: Point[][] = [];
  let stretch: Point[] = [];
  for (let i = chain.length - 1; i >= 0; i--) {
    const s = chain[i]!;
    if (s.origin === "copy") stretch = [];
    const before = stretch.length;
    if (s.origin === "copy" && s.copied !== null) stretch.push({ x: s.startStep, y: s.copied, segment: s });
    stretch.push(...midway(s));
    if (s.score !== null && s.score !== undefined) stretch.push({ x: s.endStep, y: s.score, segment: s });
    if (before === 0 && stretch.length > 0) stretches.push(stretch);
  }
  return stretches;
}

/** Losses that span a large ratio are compared by ratio, unless the reader asks otherwise. */
export function byRatio(history: History, low: number, high: number): boolean {
  return history.data.experiment.mode === "min" && low > 0 && high / low >= 100;
}

/**
 * A range that leaves out far-off bad scores, so that they cannot flatten everything else.
 * `hidden` says how many readings fall outside; 0 means the whole range.
 */
export function usefulRange(history: History, curves: Curves): { low: number; high: number; hidden: number } {
  const ys = curves.curves.flatMap((c) => c.points.map((p) => p.y)).sort((a, b) => a - b);
  if (ys.length < 20) return { low: curves.low, high: curves.high, hidden: 0 };
  const at = (q: number) => ys[Math.min(ys.length - 1, Math.max(0, Math.floor(q * ys.length)))]!;
  const max = history.better(1, 0);
  const [good, bad, middle] = max ? [curves.high, at(0.06), at(0.5)] : [curves.low, at(0.94), at(0.5)];
  const edge = max ? Math.min(bad, 2 * middle - good) : Math.max(bad, 2 * middle - good);
  const whole = curves.high - curves.low;
  const kept = Math.abs(good - edge);
  if (!(kept > 0) || kept > 0.25 * whole) return { low: curves.low, high: curves.high, hidden: 0 };
  const hidden = ys.filter((y) => (max ? y < edge : y > edge)).length;
  return max ? { low: edge, high: curves.high, hidden } : { low: curves.low, high: edge, hidden };
}
