import { PHASES, type Phase, type ReportData } from "./data";
import type { History, Track } from "./history";

export interface Share {
  readonly phase: Phase;
  readonly share: number;
}

/** The shares as told, or folded from the segments' timings; always the same order; empty where nothing is known. */
export function sharesOf(data: ReportData): Share[] {
  const told = data.shares;
  if (told) {
    const known = PHASES.map((phase) => ({ phase, share: Math.max(0, told[phase] ?? 0) }));
    const sum = known.reduce((a, s) => a + s.share, 0);
    if (sum > 0) return known;
  }
  const sums = new Map<Phase, number>();
  let total = 0;
  for (const s of data.segments) {
    for (const phase of PHASES) {
      const t = s.timings?.[phase] ?? 0;
      sums.set(phase, (sums.get(phase) ?? 0) + t);
      total += t;
    }
  }
  return total > 0 ? PHASES.map((phase) => ({ phase, share: sums.get(phase)! / total })) : [];
}

/** A stretch of a member's time, counted from the member's own start. */
export interface Span {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
  readonly segment: number;
}

/** What a segment goes through, in order. */
const COURSE: readonly Phase[] = ["wait", "load", "train", "evaluate", "save", "decide"];

/** A member's seconds laid end to end. Clock times are not in the data, so rows do not share a clock. */
export function spansOf(track: Track): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const s of track.segments) {
    for (const phase of COURSE) {
      const t = s.timings?.[phase] ?? 0;
      if (t <= 0) continue;
      spans.push({ phase, from: at, to: at + t, segment: s.index });
      at += t;
    }
  }
  return spans;
}

/** Training seconds of all members. */
export function trainSeconds(history: History): number {
  return history.data.segments.reduce((sum, s) => sum + (s.timings?.train ?? 0), 0);
}
