import type { Parameter, Value } from "./data";
import type { Leg } from "./lineage";

/** A schedule for other tools: full precision, one row a leg, a vector's elements in columns of their own. */
export function csv(legs: readonly Leg[], parameters: readonly Parameter[]): string {
  const widths = parameters.map((p) => Math.max(p.size, ...legs.map((l) => (Array.isArray(l.values[p.name]) ? (l.values[p.name] as readonly unknown[]).length : 0))));
  const head = ["from", "to", "member", ...parameters.flatMap((p, i) => (widths[i] ? Array.from({ length: widths[i]! }, (_, e) => `${p.name}[${e}]`) : [p.name]))];
  const rows = legs.map((l) => [
    l.from, l.to, l.member,
    ...parameters.flatMap((p, i): Value[] => {
      const v = l.values[p.name] ?? null;
      if (!widths[i]) return [v];
      return Array.from({ length: widths[i]! }, (_, e) => (Array.isArray(v) ? ((v as readonly (number | null)[])[e] ?? null) : null));
    }),
  ]);
  return [head, ...rows].map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Text that a spreadsheet could take for a formula is kept text. */
function cell(v: Value | undefined): string {
  if (v === null || v === undefined) return "";
  if (typeof v === "number" || typeof v === "boolean") return String(v);
  const text = String(v);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
