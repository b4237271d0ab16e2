import type { History } from "./history";

/** Segments that failed alike. */
export interface Mishap {
  readonly what: string;
  readonly times: number;
  readonly members: readonly number[];
  /** Where it happened first. */
  readonly first: { readonly member: number; readonly segment: number; readonly step: number };
}

/** Why segments failed, the most frequent reason first. */
export function mishaps(history: History): Mishap[] {
  const found = new Map<string, { times: number; members: Set<number>; first: Mishap["first"] }>();
  for (const s of history.data.segments) {
    if (!s.failed) continue;
    const known = found.get(s.failed);
    if (!known) found.set(s.failed, { times: 1, members: new Set([s.member]), first: { member: s.member, segment: s.index, step: s.startStep } });
    else {
      known.times++;
      known.members.add(s.member);
      if (s.startStep < known.first.step) known.first = { member: s.member, segment: s.index, step: s.startStep };
    }
  }
  return [...found]
    .map(([what, f]) => ({ what, times: f.times, members: [...f.members].sort((a, b) => a - b), first: f.first }))
    .sort((a, b) => b.times - a.times);
}
