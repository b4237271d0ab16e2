import { useCallback, useMemo } from "preact/hooks";
import { bold, cross, dot, faintness, Nearest, plain } from "../charts/ink";
import { Plot, type Hover, type Surface } from "../charts/plot";
import type { Parameter, Segment } from "../model/data";
import { count, number, value } from "../model/format";
import { nodeOf } from "../model/history";
import { linear, padded, type Tick } from "../model/scale";
import { axisOf, drawn, elementsOf, parametersOf, type Axis } from "../model/values";
import { segmentAt, walk } from "../model/walk";
import { useShared } from "./context";
import { Empty, Legend, Section } from "./parts";
import { heirsKey, title } from "./words";

export function ParametersView() {
  const shared = useShared();
  const { history, best, chain, unit } = shared;
  const parameters = useMemo(() => parametersOf(history), [history]);
  if (parameters.length === 0 || history.data.segments.length === 0) {
    return (
      <Section id="parameters" title="Hyperparameters">
        <Empty>{parameters.length === 0 ? "This experiment has no hyperparameters." : "No segment has begun yet."}</Empty>
      </Section>
    );
  }
  return (
    <Section
      id="parameters" title="Hyperparameters"
      note={<>What each member trained with, over its own {unit.many}. {best && <>The bold line is the schedule that {best.provisional ? "the best model so far" : "the winner"} went through, ancestors included. </>}Axes span the search space.</>}
    >
      <Legend
        entries={[
          ...heirsKey(best, "schedule"),
          ...(chain.length > 0 ? [{ label: "chosen schedule", mark: "bold", colour: "chosen" } as const] : []),
          { label: "members", mark: "step", colour: "member" },
          ...(history.data.segments.some((q) => q.failed !== null) ? [{ label: "failed segment", mark: "cross", colour: "fail" } as const] : []),
          ...(history.tracks.some((t) => t.member.control) ? [{ label: "controls", mark: "dashed", colour: "control" } as const] : []),
        ]}
      />
      <div class="multiples">
        {parameters.map((p) => <ParameterPlot key={p.name} parameter={p} />)}
      </div>
    </Section>
  );
}

/** The range's ends in the words of its scale. */
function scaleWords(axis: Axis): string {
  if (axis.options) return count(axis.options.length, "choice");
  return axis.scale.kind === "log" ? "log scale" : axis.scale.kind === "complement" ? "log scale of 1\u2212x" : "linear";
}

export function ticksOf(axis: Axis): (low: number, high: number, count: number) => Tick[] {
  const { options } = axis;
  if (!options) return axis.scale.ticks;
  return (low, high) => options.map((o, at) => ({ at, label: o.length > 14 ? `${o.slice(0, 13)}…` : o })).filter((t) => t.at >= low && t.at <= high);
}

function ParameterPlot({ parameter }: { parameter: Parameter }) {
  const shared = useShared();
  const { history, best, chain, rows } = shared;
  const axis = useMemo(() => axisOf(history, parameter), [history, parameter]);
  const [from, to] = useMemo(() => padded(Math.min(0, history.firstStep), history.lastStep, 0.012), [history]);
  const elements = useMemo(() => elementsOf(axis, history.data.segments), [axis]);
  const vector = elements > 1;
  const shown = chain.length > 0 ? chain : best?.chain ?? [];
  // Members with the same choice lie side by side, not on top of each other.
  const shift = useMemo(() => {
    const n = rows.length;
    return new Map(rows.map((id, i) => [id, axis.options && n > 1 ? (0.5 - i / (n - 1)) * 0.7 : 0]));
  }, [rows, axis]);
  const place = (s: Segment) => drawn(axis, s) + (shift.get(s.member) ?? 0);

  const draw = useCallback((s: Surface) => {
    const { ctx, theme } = s;
    ctx.strokeStyle = theme.muted;
    ctx.lineWidth = 1;
    ctx.setLineDash([1, 4]);
    ctx.globalAlpha = 0.6;
    for (const b of axis.bounds) {
      ctx.beginPath();
      ctx.moveTo(s.left, s.y(b));
      ctx.lineTo(s.right, s.y(b));
      ctx.stroke();
    }
    ctx.setLineDash([]);
    if (vector) {
      for (let e = 0; e < elements; e++) {
        plain(s, theme.series[e % theme.series.length]!, elements > 8 ? 1.2 : 2, () => steps(s, shown, (q) => drawn(axis, q, e)));
      }
      return;
    }
    const many = history.tracks.length;
    ctx.lineWidth = 1;
    for (const t of history.tracks) {
      ctx.strokeStyle = t.member.control ? theme.control : theme.member;
      ctx.globalAlpha = t.member.control ? 0.8 : faintness(many) * 0.9;
      ctx.setLineDash(t.member.control ? [5, 3] : []);
      ctx.beginPath();
      steps(s, t.segments, place, true);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    // What failed, or has just begun, has no length.
    for (const t of history.tracks) {
      for (const q of t.segments) {
        const u = place(q);
        if (q.endStep > q.startStep || !Number.isFinite(u)) continue;
        ctx.globalAlpha = 0.9;
        ctx.strokeStyle = theme.fail;
        ctx.fillStyle = t.member.control ? theme.control : theme.member;
        if (q.failed) cross(ctx, s.x(q.startStep), s.y(u), 3);
        else if (many <= 100) dot(ctx, s.x(q.startStep), s.y(u), 2);
      }
    }
    const heirs = best?.chain ?? [];
    if (heirs.length > 0) bold(s, theme.winner, 2.4, () => steps(s, heirs, (q) => drawn(axis, q)));
    if (chain.length > 0) bold(s, theme.chosen, 2.2, () => steps(s, chain, (q) => drawn(axis, q)));
  }, [axis, best, chain, rows, history]);

  const hoverOf = useCallback((q: Segment, x: number, element = 0): Hover => ({
    x, y: vector ? drawn(axis, q, element) : place(q), title: title(shared, q), node: nodeOf(q), element,
    lines: [
      vector
        ? `${parameter.name}[${element}] ${value((q.values[parameter.name] as readonly number[])[element] ?? null)}`
        : `${parameter.name} ${value(q.values[parameter.name])}`,
      `at ${shared.unit.one} ${number(Math.round(x))}`,
    ],
  }), [axis, rows, history]);

  const find = useCallback((px: number, py: number, s: Surface) => {
    const x = s.from + ((px - s.left) / (s.right - s.left)) * (s.to - s.from);
    const near = new Nearest<Hover>(22);
    if (vector) {
      const q = shown.find((c) => c.startStep <= x && x <= c.endStep);
      if (q) for (let e = 0; e < elements; e++) near.offer(Math.abs(s.y(drawn(axis, q, e)) - py), () => hoverOf(q, x, e));
    } else {
      for (const t of history.tracks) {
        const q = segmentAt(t.segments, x);
        if (q) near.offer(Math.abs(s.y(place(q)) - py), () => hoverOf(q, x));
      }
    }
    return near.found;
  }, [axis, rows, shown]);

  const overlay = useCallback((s: Surface, h: Hover) => {
    const track = h.node && history.track(h.node.member);
    if (!track) return;
    if (!vector) bold(s, s.theme.ink, 1.6, () => steps(s, track.segments, place, true));
    s.ctx.fillStyle = s.theme.ink;
    s.ctx.beginPath();
    s.ctx.arc(s.x(h.x), s.y(h.y), 3.5, 0, 7);
    s.ctx.fill();
  }, [axis, rows, history]);

  return (
    <figure>
      <figcaption>
        <b>{parameter.name}</b> <span class="muted">{scaleWords(axis)}</span>
        {axis.narrow && <span class="muted"> · within {axis.bounds.map((b) => number(axis.scale.from(b))).join(" to ")}</span>}
        {parameter.when && <span class="muted"> · when {parameter.when}</span>}
        {axis.constant && <span class="muted"> · never changed</span>}
        {vector && (
          <span class="elements">
            {Array.from({ length: Math.min(elements, 8) }, (_, e) => (
              <span key={e}><i style={{ background: `var(--series-${e})` }} />[{e}]</span>
            ))}
            <span class="muted">{chain.length > 0 ? "chosen lineage only" : best?.provisional ? "best so far only" : best ? "winner only" : ""}</span>
          </span>
        )}
      </figcaption>
      <Plot
        height={190}
        x={{ low: from, high: to, ticks: linear.ticks }}
        y={{ low: axis.low, high: axis.high, ticks: ticksOf(axis) }}
        summary={`${parameter.name} of all members over ${shared.unit.many}, ${scaleWords(axis)}.`}
        draw={draw} find={find} overlay={overlay} onPick={(h) => shared.choose(h.node)}
        move={(at, d) => walk(history, rows, at, d, best ? nodeOf(best.segment) : null)}
        locate={(node) => {
          const q = history.segment(node);
          return q ? hoverOf(q, q.endStep) : null;
        }}
      />
    </figure>
  );
}

/** A line that is level within a segment and moves between. Chains come newest first, tracks oldest first. */
export function steps(s: Surface, segments: readonly Segment[], at: (q: Segment) => number, oldestFirst = false, lineage = false): void {
  const { ctx } = s;
  let pen = false;
  let last = NaN;
  for (let k = 0; k < segments.length; k++) {
    const q = segments[oldestFirst ? k : segments.length - 1 - k]!;
    const u = at(q);
    if (!Number.isFinite(u)) {
      pen = false;
      continue;
    }
    const from = lineage ? q.lineageStart ?? q.startStep : q.startStep;
    const to = lineage ? q.lineageEnd ?? q.endStep : q.endStep;
    // Counters differ between members: where a lineage goes over to another one, the line may begin elsewhere.
    if (pen && from === last) ctx.lineTo(s.x(from), s.y(u));
    else ctx.moveTo(s.x(from), s.y(u));
    ctx.lineTo(s.x(to), s.y(u));
    last = to;
    pen = true;
  }
}
