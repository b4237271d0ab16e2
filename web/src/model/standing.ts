import type { Member } from "./data";
import { lastScore, type History } from "./history";

/** A member's line in the table of members. */
export interface Standing {
  readonly member: Member;
  /** By latest score; null for controls and those without a score. */
  readonly rank: number | null;
  readonly score: number | null;
  readonly segments: number;
  /** How often it took another's weights. */
  readonly copied: number;
  /** How often others took its weights. */
  readonly gave: number;
  /** Its newest segment. */
  readonly last: number | null;
}

/** Members by rank; then controls, then those without a score. */
export function standings(history: History): Standing[] {
  const gave = new Map<number, number>();
  for (const s of history.data.segments) {
    if (s.origin === "copy" && s.donor !== null) gave.set(s.donor, (gave.get(s.donor) ?? 0) + 1);
  }
  const rows = history.tracks.map((t) => ({
    member: t.member, score: lastScore(t), segments: t.segments.length,
    copied: t.segments.filter((s) => s.origin === "copy").length,
    gave: gave.get(t.member.id) ?? 0, last: t.segments.at(-1)?.index ?? null,
  }));
  const tier = (r: (typeof rows)[number]) => (r.score === null ? 2 : r.member.control ? 1 : 0);
  rows.sort((a, b) => {
    if (tier(a) !== tier(b)) return tier(a) - tier(b);
    if (a.score !== null && b.score !== null && a.score !== b.score) return history.better(a.score, b.score) ? -1 : 1;
    return a.member.id - b.member.id;
  });
  return rows.map((r, i) => ({ ...r, rank: tier(r) === 0 ? i + 1 : null }));
}
