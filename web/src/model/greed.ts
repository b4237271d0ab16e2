import type { Decision } from "./data";

/** How far the population had narrowed, told once a round with a decision of its first member. */
export interface Meter {
  readonly step: number;
  /** Ancestries alive, of so many members. */
  readonly founders: number;
  readonly members: number;
  /** Decisions since the best score was last bettered. */
  readonly stale: number;
  /** By parameter, 1 as wide as the prior. */
  readonly spread: ReadonlyMap<string, number>;
}

/** What decisions tell of it, by step; decisions that do not tell are passed over. */
export function metersOf(decisions: readonly Decision[]): Meter[] {
  const meters: Meter[] = [];
  for (const d of decisions) {
    const founders = /^(\d+) of (\d+)$/.exec(String(d.because?.["founders alive"] ?? ""));
    if (!founders) continue;
    meters.push({
      step: d.step, founders: Number(founders[1]), members: Number(founders[2]),
      stale: Number(d.because?.["decisions since the best"] ?? NaN), spread: spreadOf(String(d.because?.["spread"] ?? "")),
    });
  }
  return meters.sort((a, b) => a.step - b.step);
}

/** `lr 0.31, momentum 0.08`: the last word of each part is the number. */
function spreadOf(text: string): Map<string, number> {
  const spread = new Map<string, number>();
  for (const part of text.split(", ")) {
    const gap = part.lastIndexOf(" ");
    const width = Number(part.slice(gap + 1));
    if (gap > 0 && Number.isFinite(width)) spread.set(part.slice(0, gap), width);
  }
  return spread;
}
