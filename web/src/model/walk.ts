import type { Node, Segment } from "./data";
import { nodeOf, type History } from "./history";

export type Direction = "left" | "right" | "up" | "down";

/**
 * The next segment in a direction, for those who go by keyboard: left and right along a member, up and down to the
 * neighbouring row at about the same step. `order` is the rows from top to bottom. From nowhere it goes to `start`.
 */
export function walk(history: History, order: readonly number[], from: Node | null, to: Direction, start: Node | null): Node | null {
  const here = from && history.segment(from);
  if (!here) return start;
  if (to === "left" || to === "right") {
    const list = history.track(here.member)!.segments;
    const next = list[list.indexOf(here) + (to === "left" ? -1 : 1)];
    return nodeOf(next ?? here);
  }
  const step = to === "up" ? -1 : 1;
  for (let at = order.indexOf(here.member) + step; at >= 0 && at < order.length; at += step) {
    const near = nearest(history.track(order[at]!)?.segments ?? [], here.endStep);
    if (near) return nodeOf(near);
  }
  return nodeOf(here);
}

function nearest(segments: readonly Segment[], step: number): Segment | undefined {
  let best: Segment | undefined;
  for (const s of segments) {
    if (!best || Math.abs(s.endStep - step) < Math.abs(best.endStep - step)) best = s;
  }
  return best;
}

/** The segment of an ordered list that was under way at a step. */
export function segmentAt(segments: readonly Segment[], step: number): Segment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle]!.startStep <= step) low = middle;
    else high = middle - 1;
  }
  const s = segments[low];
  return s && s.startStep <= step && step <= s.endStep ? s : undefined;
}
