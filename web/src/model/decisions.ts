import type { Decision } from "./data";

export interface Filter {
  readonly member: number | null;
  readonly rule: string | null;
  readonly outcome: string | null;
}

export const SORT_KEYS = ["position", "step", "member", "segment", "rule", "outcome", "donor"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Order {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** The decisions that pass, in order. A member passes as the one decided for and as the donor. */
export function select(decisions: readonly Decision[], filter: Filter, order: Order): Decision[] {
  const sign = order.descending ? -1 : 1;
  return decisions
    .filter((d) =>
      (filter.member === null || d.member === filter.member || d.donor === filter.member) &&
      (filter.rule === null || d.rule === filter.rule) &&
      (filter.outcome === null || d.outcome === filter.outcome))
    .sort((a, b) => compare(a[order.key], b[order.key], sign) || a.position - b.position);
}

/** Absent values come last whichever way the order runs. */
function compare(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "number" && typeof b === "number") return sign * (a - b);
  return sign * (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0);
}

export function distinct<T>(items: readonly Decision[], of: (d: Decision) => T): T[] {
  return [...new Set(items.map(of))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

export function outcomes(decisions: readonly Decision[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const d of decisions) counts.set(d.outcome, (counts.get(d.outcome) ?? 0) + 1);
  return counts;
}

/** One page of a list; the page asked for is moved into what exists. */
export function page<T>(items: readonly T[], at: number, size: number): { at: number; pages: number; items: readonly T[] } {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const here = Math.min(pages - 1, Math.max(0, at));
  return { at: here, pages, items: items.slice(here * size, (here + 1) * size) };
}
