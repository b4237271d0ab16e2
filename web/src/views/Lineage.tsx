import { useCallback, useMemo, useState } from "preact/hooks";
import { bold, cross, dot } from "../charts/ink";
import { Plot, type Hover, type Surface } from "../charts/plot";
import { ramp } from "../charts/theme";
import { byRatio, usefulRange } from "../model/curves";
import type { Segment } from "../model/data";
import { count, number, timeUnit } from "../model/format";
import { nodeOf } from "../model/history";
import { descent, foundersOver } from "../model/lineage";
import { gridOf } from "../model/ranks";
import { linear, niceTicks, padded, scaled, type Tick } from "../model/scale";
import { walk } from "../model/walk";
import { useShared } from "./context";
import { Empty, Legend, Section, Switch } from "./parts";
import { Stitched } from "./Schedule";
import { describe, heirsKey, title } from "./words";

export function LineageView() {
  const shared = useShared();
  const { history, best, chain, rows, unit, curves } = shared;
  const { metric } = history.data.experiment;
  const family = useMemo(() => descent(history), [history]);
  const useful = useMemo(() => usefulRange(history, curves), [history]);
  const rowOf = useMemo(() => new Map(rows.map((id, i) => [id, -i])), [rows]);
  const timed = useMemo(() => history.data.segments.some((s) => typeof s.began === "number"), [history]);
  const [clock, setClock] = useState(false);
  const now = history.data.experiment.elapsed ?? 0;
  /** Where a segment lies on the axis: its steps, or when it ran; NaN where it never began. */
  const span = useCallback(
    (q: Segment): readonly [number, number] => (clock ? [q.began ?? NaN, q.ended ?? (q.began === null ? NaN : now)] : [q.startStep, q.endStep]),
    [clock, history],
  );
  const [from, to] = useMemo(
    () => (clock ? padded(0, Math.max(now, ...history.tracks.map((t) => t.segments.at(-1)?.ended ?? 0)), 0.012) : padded(Math.min(0, history.firstStep), history.lastStep, 0.012)),
    [history, clock],
  );
  const n = rows.length;
  const row = Math.max(1.2, Math.min(20, 640 / Math.max(1, n)));
  const height = Math.round(Math.max(90, n * row + 52));
  const shade = useCallback((score: number) => {
    const { low, high } = useful;
    const tone = byRatio(history, low, high) ? Math.log : (x: number) => x;
    const t = high > low ? (tone(score) - tone(low)) / (tone(high) - tone(low)) : 1;
    return ramp(history.better(1, 0) ? t : 1 - t);
  }, [useful, history]);
  const copies = useMemo(
    () => history.data.segments.filter((s) => s.origin === "copy").map((s) => ({ s, donor: history.parent(s) })),
    [history],
  );

  const draw = useCallback((s: Surface) => {
    const { ctx, theme } = s;
    const pitch = Math.abs(s.y(0) - s.y(1));
    const thick = Math.max(0.8, Math.min(10, pitch * 0.55));
    const gap = pitch > 6 ? 0.6 : 0;
    const edge = (q: Segment, donor: Segment) => {
      const [x0, y0] = [s.x(span(donor)[1]), s.y(rowOf.get(donor.member)!)];
      const [x1, y1] = [s.x(span(q)[0]), s.y(rowOf.get(q.member)!)];
      const sag = Math.max(3, Math.min(10, Math.abs(y1 - y0) * 0.2));
      ctx.moveTo(x0 - sag, y0);
      ctx.bezierCurveTo(x0 + sag * 0.6, y0, x1 - sag * 0.6, y1, x1 + sag, y1);
    };
    const wide = copies.length > 1500 ? 0.5 : 1;
    for (const living of [false, true]) {
      ctx.strokeStyle = living ? theme.ink : theme.muted;
      ctx.lineWidth = wide;
      ctx.globalAlpha = living ? (copies.length > 1500 ? 0.35 : 0.6) : copies.length > 1500 ? 0.15 : copies.length > 300 ? 0.3 : 0.5;
      for (const { s: q, donor } of copies) {
        if (!donor || family.alive.has(q) !== living) continue;
        ctx.beginPath();
        edge(q, donor);
        ctx.stroke();
      }
    }
    for (const t of history.tracks) {
      const y = s.y(rowOf.get(t.member.id)!);
      if (y < s.top - thick || y > s.bottom + thick) continue;
      if (clock) {
        const end = t.segments.findLast((q) => q.ended !== null)?.ended ?? NaN;
        ctx.globalAlpha = 1;
        ctx.fillStyle = theme.grid;
        ctx.fillRect(s.x(t.segments[0]?.began ?? NaN), y - 0.5, s.x(end) - s.x(t.segments[0]?.began ?? NaN), 1);
      }
      for (const q of t.segments) {
        const [x0, x1] = span(q).map(s.x) as [number, number];
        const living = family.alive.has(q) || t.member.control;
        const h = living ? thick : Math.max(0.6, thick * 0.4);
        ctx.globalAlpha = living ? 1 : 0.8;
        ctx.fillStyle = q.score === null ? theme.grid : shade(q.score);
        ctx.fillRect(x0 + gap, y - h / 2, Math.max(0.6, x1 - x0 - 2 * gap), h);
      }
    }
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.fail;
    ctx.lineWidth = 1.6;
    for (const f of curves.failures) cross(ctx, s.x(span(f.segment)[1]), s.y(rowOf.get(f.segment.member)!), Math.max(2, Math.min(4, pitch * 0.3)));
    const path = (through: readonly Segment[]) => () => {
      for (let i = through.length - 1; i >= 0; i--) {
        const q = through[i]!;
        const y = s.y(rowOf.get(q.member)!);
        const up = through[i + 1];
        if (up && q.origin === "copy") edge(q, up);
        const [x0, x1] = span(q);
        // On the clock a member may wait between two segments; its weights wait with it.
        ctx.moveTo(s.x(clock && up && q.origin === "own" && up.member === q.member ? span(up)[1] : x0), y);
        ctx.lineTo(s.x(x1), y);
      }
    };
    if (best) bold(s, theme.winner, Math.max(2, Math.min(3, thick * 0.4)), path(best.chain));
    if (chain.length > 0) bold(s, theme.chosen, Math.max(2, Math.min(3, thick * 0.4)), path(chain));
    for (const [q, colour] of [[best?.segment, theme.winner], [chain[0], theme.chosen]] as const) {
      if (!q) continue;
      ctx.fillStyle = colour;
      dot(ctx, s.x(span(q)[1]), s.y(rowOf.get(q.member)!), 4.5);
    }
  }, [history, best, chain, rows, clock]);

  const hoverOf = useCallback((q: Segment): Hover => ({
    x: (span(q)[0] + span(q)[1]) / 2, y: rowOf.get(q.member) ?? 0, title: title(shared, q), lines: describe(shared, q), node: nodeOf(q),
  }), [history, rows, clock]);

  const find = useCallback((px: number, py: number, s: Surface): Hover | null => {
    const x = s.from + ((px - s.left) / (s.right - s.left)) * (s.to - s.from);
    const pitch = Math.abs(s.y(0) - s.y(1));
    const at = Math.round((py - s.y(0)) / pitch);
    const track = rows[at] === undefined ? undefined : history.track(rows[at]!);
    const q = track?.segments.find((e) => span(e)[0] <= x && x <= span(e)[1]);
    return q ? hoverOf(q) : null;
  }, [history, rows, clock]);

  const overlay = useCallback((s: Surface, h: Hover) => {
    const q = h.node && history.segment(h.node);
    if (!q) return;
    const pitch = Math.abs(s.y(0) - s.y(1));
    const { ctx } = s;
    ctx.strokeStyle = s.theme.ink;
    ctx.lineWidth = 1.5;
    const t = Math.max(6, Math.min(14, pitch * 0.8));
    const [x0, x1] = span(q).map(s.x) as [number, number];
    ctx.strokeRect(x0, s.y(h.y) - t / 2, x1 - x0, t);
  }, [history, clock]);

  if (history.data.segments.length === 0) {
    return <Section id="lineage" title="Lineage"><Empty>No segment has begun yet.</Empty></Section>;
  }
  const labels = (low: number, high: number, most: number): Tick[] => {
    const all = rows.map((id, i) => ({ at: -i, label: history.track(id)!.member.control ? `${id}*` : String(id) }));
    const seen = all.filter((t) => t.at >= low && t.at <= high);
    return seen.length <= most * 3.2 ? seen : [];
  };
  const { low, high } = useful;
  const worst = history.better(1, 0) ? low : high;
  const top = history.better(1, 0) ? high : low;
  const controls = history.tracks.some((t) => t.member.control);
  return (
    <Section
      id="lineage" title="Lineage"
      note={copies.length > 0
        ? <>One row a member, over {clock ? "time" : <>its own {unit.many}</>}; a curve is a copy of weights. Rows that exchange weights lie close together. Thin bars are lines that died out.</>
        : <>One row a member, over its own {unit.many}. No weights have been copied{history.data.experiment.status === "ended" ? "" : " yet"}.</>}
    >
      <Legend
        entries={[
          ...heirsKey(best),
          ...(chain.length > 0 ? [{ label: "chosen lineage", mark: "bold", colour: "chosen" } as const] : []),
          ...(copies.length > 0 ? [{ label: count(copies.length, "copy", "copies"), mark: "line", colour: "ink" } as const] : []),
          ...(curves.failures.length > 0 ? [{ label: "failed segment", mark: "cross", colour: "fail" } as const] : []),
        ]}
      />
      {Number.isFinite(low) && (
        <div class="scalekey" role="img" aria-label={`Colours run from ${metric} ${number(worst, 3)} to ${number(top, 3)}`}>
          <span>{metric} {useful.hidden > 0 ? (history.better(1, 0) ? "\u2264 " : "\u2265 ") : ""}{number(worst, 3)}</span>
          <i class="ramp" /><span>{number(top, 3)}</span>
          {timed && <Switch what="Horizontal axis" options={[[false, unit.many], [true, "time"]]} value={clock} set={setClock} />}
          {controls && row >= 10 && <span class="muted">* control</span>}
        </div>
      )}
      <Plot
        height={height} gridY={false}
        x={clock
          ? { low: from, high: to, label: timeUnit(now).word, ticks: scaled(timeUnit(now).seconds) }
          : { low: from, high: to, label: unit.many, ticks: linear.ticks }}
        y={{ low: -(n - 0.4), high: 0.6, label: "member", ticks: labels }}
        summary={`Who descends from whom: ${count(n, "member")}, ${count(copies.length, "copy", "copies")}. Arrow keys go from segment to segment, Enter holds on to one.`}
        draw={draw} find={find} overlay={overlay} onPick={(h) => shared.choose(h.node)}
        move={(at, d) => walk(history, rows, at, d, best ? nodeOf(best.segment) : null)}
        locate={(node) => {
          const q = history.segment(node);
          return q ? hoverOf(q) : null;
        }}
      />
      {Number.isFinite(low) && <FamilyWords />}
      <Stitched />
    </Section>
  );
}

function FamilyWords() {
  const { history, unit } = useShared();
  const family = useMemo(() => descent(history), [history]);
  const grid = useMemo(() => gridOf(history, 200), [history]);
  const founders = useMemo(() => foundersOver(history, grid), [history]);
  const draw = useCallback((s: Surface) => {
    const { ctx, theme } = s;
    bold(s, theme.series[0]!, 2, () => {
      ctx.moveTo(s.x(Math.min(0, history.firstStep)), s.y(family.founders));
      founders.forEach((f, i) => {
        ctx.lineTo(s.x(grid[i]!), s.y(founders[i - 1] ?? family.founders));
        ctx.lineTo(s.x(grid[i]!), s.y(f));
      });
    });
  }, [history]);
  if (family.founders < 2) return null;
  const common = family.common;
  return (
    <div class="family">
      <p>
        <b>{family.surviving} of {family.founders}</b> founders still {family.surviving === 1 ? "has" : "have"} descendants.{" "}
        {common
          ? <>All present weights come from member {common.member} at {unit.one} {number(common.endStep)}.</>
          : "The present weights have no ancestor in common."}
      </p>
      <figure>
        <figcaption><b>Founders with descendants</b> <span class="muted">over {unit.many}</span></figcaption>
        <Plot
          height={110}
          x={{ low: Math.min(0, history.firstStep), high: history.lastStep, ticks: linear.ticks }}
          y={{ low: 0, high: family.founders * 1.06, ticks: (a, b, c) => niceTicks(a, b, c).filter(Number.isInteger).map((at) => ({ at, label: String(at) })) }}
          summary={`Founders with descendants fall from ${family.founders} to ${founders.at(-1) ?? family.founders}.`}
          draw={draw}
        />
      </figure>
    </div>
  );
}
