import type { Segment } from "../model/data";
import { number, value } from "../model/format";
import type { Best } from "../model/lineage";
import type { Shared } from "./context";
import type { LegendEntry } from "./parts";

/** The key to the bold line, where there is one. */
export function heirsKey(best: Best | undefined, what = "lineage"): LegendEntry[] {
  if (!best) return [];
  return [{ label: best.provisional ? `${what} of the best so far` : `winner\u2019s ${what}`, mark: "bold", colour: "winner" }];
}

/** What is said about a segment wherever the pointer meets it. */
export function describe(shared: Shared, s: Segment, values: "all" | "none" = "all"): string[] {
  const { history, unit } = shared;
  const lines = [`${unit.many} ${number(s.startStep, 9)} to ${number(s.endStep, 9)}`];
  if (s.score !== null) {
    const n = s.samples?.length ?? 0;
    lines.push(`${history.data.experiment.metric} ${number(s.score)}${n > 1 ? ` (${n} readings, sd ${number(deviation(s.samples!), 2)})` : ""}`);
  }
  if (s.failed) lines.push(`failed: ${s.failed}`);
  else if (s.score === null) lines.push("no score yet");
  if (s.origin === "copy") lines.push(`copied from member ${s.donor}${s.copied === null ? "" : `, ${number(s.copied)} before training`}`);
  else if (s.origin === "fresh" && s.index > 1) lines.push("began with fresh weights");
  if (values === "all") {
    const all = Object.entries(s.values).filter(([, v]) => v !== null);
    for (const [name, v] of all.slice(0, 7)) lines.push(`${name} ${value(v, 3)}`);
    if (all.length > 7) lines.push(`and ${all.length - 7} more`);
  }
  return lines;
}

export function title(shared: Shared, s: Segment): string {
  const control = shared.history.track(s.member)?.member.control ? " (control)" : "";
  return `Member ${s.member}${control} · segment ${s.index}`;
}

function deviation(xs: readonly number[]): number {
  const mean = xs.reduce((a, b) => a + b, 0) / xs.length;
  return Math.sqrt(xs.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, xs.length - 1));
}
