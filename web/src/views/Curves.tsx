import { useCallback, useMemo, useState } from "preact/hooks";
import { bold, cross, dot, faintness, line, Nearest } from "../charts/ink";
import { Plot, type Hover, type Surface } from "../charts/plot";
import { byRatio, chainStretches, usefulRange, type Point } from "../model/curves";
import { count, number } from "../model/format";
import { linear, log, padded } from "../model/scale";
import { walk } from "../model/walk";
import { useShared } from "./context";
import { Empty, Legend, Section, Switch } from "./parts";
import { describe, heirsKey, title } from "./words";

export function CurvesView() {
  const shared = useShared();
  const { history, curves, best, chain, unit } = shared;
  const { metric } = history.data.experiment;
  const [show, setShow] = useState({ members: true, copies: true, best: true, controls: true });
  const [all, setAll] = useState(false);
  const [ratio, setRatio] = useState(() => byRatio(history, curves.low, curves.high));
  const scale = ratio ? log : linear;
  const useful = useMemo(() => (ratio ? { low: curves.low, high: curves.high, hidden: 0 } : usefulRange(history, curves)), [history, ratio]);
  const range = all ? { low: curves.low, high: curves.high, hidden: 0 } : useful;
  const [low, high] = padded(scale.to(range.low), scale.to(range.high));
  const scaled = useCallback((s: Surface): Surface => ({ ...s, y: (score) => s.y(scale.to(score)) }), [ratio]);
  const [from, to] = useMemo(() => padded(Math.min(0, history.firstStep), history.lastStep, 0.012), [history]);
  const order = useMemo(() => byScore(shared), [history]);
  const heirs = useMemo(() => chainStretches(best?.chain ?? []), [best]);
  const picked = useMemo(() => chainStretches(chain), [chain]);
  const members = history.tracks.filter((t) => !t.member.control).length;
  const controls = history.tracks.length - members;
  const failures = curves.failures.length;

  const draw = useCallback((drawn: Surface) => {
    const s = scaled(drawn);
    const { ctx, theme } = s;
    if (show.members) {
      ctx.strokeStyle = theme.member;
      ctx.lineWidth = 1;
      ctx.globalAlpha = faintness(members);
      for (const c of curves.curves) {
        if (c.track.member.control) continue;
        ctx.beginPath();
        for (const stretch of c.stretches) line(s, stretch);
        ctx.stroke();
        // A stretch of one reading has no line; a dot keeps it from vanishing.
        ctx.fillStyle = theme.member;
        for (const stretch of c.stretches) if (stretch.length === 1) dot(ctx, s.x(stretch[0]!.x), s.y(stretch[0]!.y), 1.5);
      }
    }
    if (show.copies) {
      const crowd = faintness(curves.jumps.length / 4);
      ctx.strokeStyle = theme.copy;
      ctx.lineWidth = 1;
      ctx.globalAlpha = crowd * 0.6;
      ctx.setLineDash([2, 2]);
      for (const j of curves.jumps) {
        ctx.beginPath();
        if (j.before) line(s, [j.before, j.to]);
        ctx.stroke();
      }
      ctx.setLineDash([]);
      ctx.beginPath();
      for (const j of curves.jumps) line(s, [j.from, j.to]);
      ctx.stroke();
      ctx.globalAlpha = Math.min(1, crowd * 1.5);
      ctx.fillStyle = theme.copy;
      const radius = curves.jumps.length > 400 ? 1.2 : 2.2;
      for (const j of curves.jumps) dot(ctx, s.x(j.to.x), s.y(j.to.y), radius);
    }
    if (show.controls) {
      ctx.strokeStyle = theme.control;
      ctx.lineWidth = 1.6;
      ctx.globalAlpha = 0.95;
      ctx.setLineDash([6, 4]);
      for (const c of curves.curves) {
        if (!c.track.member.control) continue;
        ctx.beginPath();
        for (const stretch of c.stretches) line(s, stretch);
        ctx.stroke();
      }
      ctx.setLineDash([]);
    }
    lineage(s, heirs, theme.winner, 2.6);
    lineage(s, picked, theme.chosen, 2.2);
    if (show.best && curves.best.length > 0) {
      ctx.globalAlpha = 1;
      ctx.strokeStyle = theme.ink;
      ctx.lineWidth = 1.2;
      ctx.setLineDash([1.5, 2.5]);
      ctx.beginPath();
      curves.best.forEach((p, i) => {
        if (i === 0) ctx.moveTo(s.x(p.x), s.y(p.y));
        else {
          ctx.lineTo(s.x(p.x), s.y(curves.best[i - 1]!.y));
          ctx.lineTo(s.x(p.x), s.y(p.y));
        }
      });
      ctx.lineTo(s.x(history.lastStep), s.y(curves.best.at(-1)!.y));
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.globalAlpha = 1;
    ctx.strokeStyle = theme.fail;
    ctx.lineWidth = 1.6;
    for (const f of curves.failures) {
      const y = f.y === null ? s.bottom - 6 : Math.min(s.bottom - 5, Math.max(s.top + 5, s.y(f.y)));
      cross(ctx, s.x(f.x), y, curves.failures.length > 300 ? 2 : 3.5);
    }
    const tip = heirs.at(-1)?.at(-1);
    if (tip) {
      ctx.fillStyle = theme.winner;
      dot(ctx, s.x(tip.x), s.y(tip.y), 4);
    }
  }, [history, show, heirs, picked, ratio]);

  const hoverOf = useCallback((p: Point): Hover => ({
    x: p.x, y: scale.to(p.y), title: title(shared, p.segment), lines: describe(shared, p.segment),
    node: { member: p.segment.member, segment: p.segment.index },
  }), [history, ratio]);

  const find = useCallback((px: number, py: number, drawn: Surface) => {
    const s = scaled(drawn);
    const near = new Nearest<Point>(28);
    for (const c of curves.curves) {
      if (c.track.member.control ? !show.controls : !show.members) continue;
      for (const p of c.points) {
        const x = s.x(p.x);
        if (Math.abs(x - px) > 28) continue;
        near.offer(Math.hypot(x - px, s.y(p.y) - py), () => p);
      }
    }
    return near.found && hoverOf(near.found);
  }, [history, show, ratio]);

  const overlay = useCallback((s: Surface, h: Hover) => {
    const c = curves.curves.find((e) => e.track.member.id === h.node?.member);
    if (!c) return;
    bold(s, s.theme.ink, 1.6, () => c.stretches.forEach((stretch) => line(scaled(s), stretch)));
    s.ctx.fillStyle = s.theme.ink;
    dot(s.ctx, s.x(h.x), s.y(h.y), 4);
  }, [history, ratio]);

  if (curves.curves.every((c) => c.points.length === 0)) {
    return (
      <Section id="curves" title="Learning curves">
        <Empty>{history.data.experiment.status === "ended" ? "No score was ever measured." : "No score has been measured yet."}</Empty>
      </Section>
    );
  }
  return (
    <Section
      id="curves" title="Learning curves"
      note={<>{members + controls === 1 ? "The" : "Each"} member’s {metric} at the end of each segment, over its own {unit.many}.{curves.jumps.length > 0 && " A copy breaks the line: weights jump to where the donor stood."}</>}
    >
      <Legend
        entries={[
          ...heirsKey(best),
          ...(chain.length > 0 ? [{ label: "chosen lineage", mark: "bold", colour: "chosen" } as const] : []),
          { label: count(members, "member"), mark: "line", colour: "member", on: show.members, set: (members) => setShow({ ...show, members }) },
          { label: "best reading so far", mark: "dotted", colour: "ink", on: show.best, set: (b) => setShow({ ...show, best: b }) },
          ...(curves.jumps.length > 0
            ? [{ label: count(curves.jumps.length, "copy", "copies"), mark: "jump", colour: "copy", on: show.copies, set: (copies: boolean) => setShow({ ...show, copies }) } as const]
            : []),
          ...(controls > 0
            ? [{ label: count(controls, "control"), mark: "dashed", colour: "control", on: show.controls, set: (c: boolean) => setShow({ ...show, controls: c }) } as const]
            : []),
          ...(failures > 0 ? [{ label: count(failures, "failed segment"), mark: "cross", colour: "fail" } as const] : []),
        ]}
      />
      <Plot
        height={420}
        x={{ low: from, high: to, label: unit.many, ticks: linear.ticks }}
        y={{ low, high, label: metric, ticks: scale.ticks }}
        summary={`${metric} of ${count(members, "member")} over ${number(history.lastStep, 9)} ${unit.many}. Arrow keys go from reading to reading, Enter holds on to one.`}
        draw={draw} find={find} overlay={overlay} onPick={(h) => shared.choose(h.node)}
        move={(at, direction) => walk(history, order, at, direction, best ? { member: best.segment.member, segment: best.segment.index } : null)}
        locate={(node) => {
          const points = curves.curves.find((c) => c.track.member.id === node.member)?.points ?? [];
          const p = points.find((q) => q.segment.index === node.segment) ?? points[0];
          return p ? hoverOf(p) : null;
        }}
      />
      {useful.hidden > 0 && (
        <p class="note small">
          {all ? "All readings are in the picture." : `${count(useful.hidden, "far-off reading")} ${useful.hidden === 1 ? "is" : "are"} outside the picture, so that the rest can be told apart.`}{" "}
          <button type="button" class="link" onClick={() => setAll(!all)}>{all ? "Leave far-off ones out" : "Show all"}</button>
        </p>
      )}
      {curves.low > 0 && <p class="scalekey axis">{metric} on a <Switch what="Vertical axis" options={[[false, "linear"], [true, "logarithmic"]]} value={ratio} set={setRatio} /> axis</p>}
      <p class="hint">Drag to zoom, double-click to zoom out, click a point to hold on to its lineage.</p>
    </Section>
  );
}

/** A lineage: bold while a member trains, thin where the weights go over to another one. */
function lineage(s: Surface, stretches: readonly (readonly Point[])[], colour: string, width: number): void {
  if (stretches.length === 0) return;
  const { ctx } = s;
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.2;
  ctx.setLineDash([2, 2]);
  ctx.beginPath();
  stretches.forEach((stretch, i) => {
    const before = stretches[i - 1]?.at(-1);
    if (before) line(s, [before, stretch[0]!]);
  });
  ctx.stroke();
  bold(s, colour, width, () => stretches.forEach((stretch) => line(s, stretch)));
  ctx.fillStyle = colour;
  for (const stretch of stretches) if (stretch.length === 1) dot(ctx, s.x(stretch[0]!.x), s.y(stretch[0]!.y), width);
}

/** Members from best to worst last score, so that up is better. */
function byScore(shared: ReturnType<typeof useShared>): number[] {
  const { history, curves } = shared;
  return curves.curves
    .filter((c) => c.points.length > 0)
    .sort((a, b) => (history.better(a.points.at(-1)!.y, b.points.at(-1)!.y) ? -1 : 1))
    .map((c) => c.track.member.id);
}
