import { PHASES, type Phase, type ReportData } from "./data";
import type { History, Track } from "./history";

export interface Share {
  readonly phase: Phase;
  readonly share: number;
}

/** What a slot does for a member; while a member waits, its slot serves another. */
const WORK: readonly Phase[] = PHASES.filter((p) => p !== "wait");

/** The shares of the time that slots worked, folded from the segments; always the same order, without phases of no length. */
export function sharesOf(data: ReportData): Share[] {
  const sums = new Map<Phase, number>();
  let total = 0;
  for (const s of data.segments) {
    for (const phase of WORK) {
      const t = s.timings?.[phase] ?? 0;
      sums.set(phase, (sums.get(phase) ?? 0) + t);
      total += t;
    }
  }
  return total > 0 ? WORK.filter((phase) => sums.get(phase)! > 0).map((phase) => ({ phase, share: sums.get(phase)! / total })) : [];
}

/** A stretch of a member's time on the running clock. */
export interface Span {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
  readonly segment: number;
}

/** What a segment goes through, in order. */
const COURSE: readonly Phase[] = ["load", "train", "evaluate", "save", "decide"];

/** A member's phases: each segment's are laid end to end from where the segment began. */
export function spansOf(track: Track): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const s of track.segments) {
    at = s.began ?? at;
    for (const phase of COURSE) {
      const t = s.timings?.[phase] ?? 0;
      if (t <= 0) continue;
      spans.push({ phase, from: at, to: at + t, segment: s.index });
      at += t;
    }
  }
  return spans;
}

/** Seconds of one phase, of all members together. */
export function secondsOf(history: History, phase: Phase): number {
  return history.data.segments.reduce((sum, s) => sum + (s.timings?.[phase] ?? 0), 0);
}
