import { useCallback, useMemo } from "preact/hooks";
import { plain } from "../charts/ink";
import { Plot, type Surface } from "../charts/plot";
import type { Parameter, Segment } from "../model/data";
import { count, number, value } from "../model/format";
import { schedule, type Leg } from "../model/lineage";
import { csv } from "../model/csv";
import { linear, padded } from "../model/scale";
import { axisOf, drawn, elementsOf, parametersOf } from "../model/values";
import { useShared } from "./context";
import { steps, ticksOf } from "./Parameters";

/** The schedule of the chosen node, or else of the winner, along what the weights have seen. */
export function Stitched() {
  const shared = useShared();
  const { history, best, chain, unit } = shared;
  const through = chain.length > 0 ? chain : best?.chain ?? [];
  const legs = useMemo(() => schedule(through), [through]);
  const parameters = useMemo(() => parametersOf(history).filter((p) => through.some((s) => p.name in s.values)), [through]);
  const tip = through[0];
  if (!tip || parameters.length === 0) return null;
  const chosen = chain.length > 0;
  const copies = legs.filter((l) => l.copied).length;
  const span = legs.at(-1)!.to;
  return (
    <div class="stitched">
      <h3>
        <i class="key" style={{ background: `var(--${chosen ? "chosen" : "winner"})` }} />
        {chosen ? `Schedule up to member ${tip.member}, segment ${tip.index}` : best?.provisional ? "Schedule of the best so far" : "The winner’s schedule"}
      </h3>
      <p class="note">
        {count(span, unit.one, unit.many)} of training, {count(new Set(through.map((s) => s.member)).size, "member")}, {count(copies, "copy", "copies")}.
        {" "}The axis counts what these weights have seen, and dotted lines are copies.
        {chosen
          ? <> <button type="button" class="link" onClick={() => shared.choose(null)}>Back to {best?.provisional ? "the best so far" : "the winner"}</button></>
          : " Click a bar above to see another one’s."}
      </p>
      <div class="multiples small">
        {parameters.map((p) => <LegPlot key={p.name} parameter={p} chain={through} chosen={chosen} />)}
      </div>
      <details>
        <summary>As a table ({count(legs.length, "row")})</summary>
        <p><button type="button" class="button" onClick={() => save(legs, parameters, tip)}>Save as CSV</button></p>
        <div class="scroll" tabIndex={0} role="group" aria-label="Schedule">
          <table>
            <thead><tr><th scope="col" class="n">from</th><th scope="col" class="n">to</th><th scope="col" class="n">member</th>{parameters.map((p) => <th scope="col" key={p.name} class="n">{p.name}</th>)}</tr></thead>
            <tbody>
              {legs.map((l) => (
                <tr key={l.from}>
                  <td class="n">{number(l.from)}</td><td class="n">{number(l.to)}</td>
                  <td class="n">{l.copied && <span class="muted" title="copied">← </span>}{l.member}</td>
                  {parameters.map((p) => <td key={p.name} class="n">{value(l.values[p.name])}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

function LegPlot({ parameter, chain, chosen }: { parameter: Parameter; chain: readonly Segment[]; chosen: boolean }) {
  const { history, unit } = useShared();
  const axis = useMemo(() => axisOf(history, parameter), [history, parameter]);
  const elements = useMemo(() => elementsOf(axis, chain), [axis, chain]);
  const last = chain[0]!.lineageEnd ?? chain[0]!.endStep;
  const [from, to] = padded(Math.min(0, chain.at(-1)!.lineageStart ?? 0), last, 0.02);
  const draw = useCallback((s: Surface) => {
    const { ctx, theme } = s;
    ctx.strokeStyle = theme.copy;
    ctx.lineWidth = 1;
    ctx.setLineDash([1.5, 2.5]);
    for (const q of chain) {
      if (q.origin !== "copy") continue;
      ctx.beginPath();
      ctx.moveTo(s.x(q.lineageStart ?? q.startStep), s.top);
      ctx.lineTo(s.x(q.lineageStart ?? q.startStep), s.bottom);
      ctx.stroke();
    }
    for (let e = 0; e < elements; e++) {
      const colour = elements > 1 ? theme.series[e % theme.series.length]! : chosen ? theme.chosen : theme.winner;
      plain(s, colour, 2, () => steps(s, chain, (q) => drawn(axis, q, e), false, true));
    }
  }, [axis, chain, chosen]);
  return (
    <figure>
      <figcaption><b>{parameter.name}</b></figcaption>
      <Plot
        height={120}
        x={{ low: from, high: to, ticks: linear.ticks }}
        y={{ low: axis.low, high: axis.high, ticks: ticksOf(axis) }}
        summary={`${parameter.name} over ${number(last)} ${unit.many} of lineage; the table below holds the numbers.`}
        draw={draw}
      />
    </figure>
  );
}

function save(legs: readonly Leg[], parameters: readonly Parameter[], tip: Segment): void {
  const url = URL.createObjectURL(new Blob([csv(legs, parameters)], { type: "text/csv" }));
  const a = document.createElement("a");
  a.href = url;
  a.download = `schedule-member-${tip.member}-segment-${tip.index}.csv`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
