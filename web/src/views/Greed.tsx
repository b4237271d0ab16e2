import { useCallback, useMemo } from "preact/hooks";
import { dot, line, Nearest, plain } from "../charts/ink";
import { Plot, type Hover, type Surface } from "../charts/plot";
import { count, number } from "../model/format";
import { metersOf, type Meter } from "../model/greed";
import { linear, padded } from "../model/scale";
import { useShared } from "./context";
import { Section } from "./parts";

/** As many lines as have a colour of their own. */
const COLOURS = 8;

export function GreedView() {
  const { history, unit } = useShared();
  const meters = useMemo(() => metersOf(history.data.decisions), [history]);
  const last = meters.at(-1);
  if (!last || meters.length < 2) return null;
  return (
    <Section
      id="greed" title="Greed"
      note={<>PBT is greedy: what is ahead takes over. At {unit.one} {number(last.step)} {count(last.founders, "ancestry", "ancestries")} of {number(last.members)} members lived on, {count(last.stale, "decision")} after the best score was last bettered. A population that narrows early has stopped to search; <code>greed: remedy</code> widens it.</>}
    >
      <div class="multiples">
        <Founders meters={meters} />
        <Spread meters={meters} />
      </div>
    </Section>
  );
}

function Founders({ meters }: { meters: readonly Meter[] }) {
  const { unit } = useShared();
  const most = Math.max(...meters.map((m) => m.members));
  return (
    <figure>
      <figcaption><b>ancestries alive</b> <span class="muted">founders whose weights somebody still holds</span></figcaption>
      <Lines
        meters={meters} high={most} lines={[{ name: "founders", of: (m) => m.founders }]}
        summary={`Ancestries alive over ${unit.many}: ${meters[0]!.founders} at first, ${meters.at(-1)!.founders} at last.`}
      />
    </figure>
  );
}

function Spread({ meters }: { meters: readonly Meter[] }) {
  const { unit } = useShared();
  const names = useMemo(() => [...new Set(meters.flatMap((m) => [...m.spread.keys()]))], [meters]);
  if (names.length === 0) return null;
  const high = Math.max(1, ...meters.flatMap((m) => [...m.spread.values()]));
  const named = names.slice(0, COLOURS);
  return (
    <figure>
      <figcaption>
        <b>spread</b> <span class="muted">of the members' values, 1 as wide as the prior</span>
        <span class="elements">
          {named.map((name, e) => <span key={name}><i style={{ background: `var(--series-${e})` }} />{name}</span>)}
          {names.length > COLOURS && <span class="muted">and {names.length - COLOURS} more</span>}
        </span>
      </figcaption>
      <Lines
        meters={meters} high={high} lines={names.map((name) => ({ name, of: (m) => m.spread.get(name) ?? NaN }))}
        summary={`The spread of each hyperparameter over ${unit.many}.`}
      />
    </figure>
  );
}

interface Line {
  readonly name: string;
  of(meter: Meter): number;
}

function Lines(props: { meters: readonly Meter[]; high: number; lines: readonly Line[]; summary: string }) {
  const { meters, lines } = props;
  const { unit } = useShared();
  const [from, to] = padded(Math.min(0, meters[0]!.step), meters.at(-1)!.step, 0.012);
  const draw = useCallback((s: Surface) => {
    lines.forEach((l, e) => {
      plain(s, s.theme.series[e % COLOURS]!, 1.8, () => line(s, meters.map((m) => ({ x: m.step, y: l.of(m) }))));
    });
  }, [meters, lines]);
  const find = useCallback((px: number, py: number, s: Surface) => {
    const near = new Nearest<Hover>(30);
    for (const m of meters) {
      for (const l of lines) {
        const y = l.of(m);
        if (!Number.isFinite(y)) continue;
        near.offer(Math.hypot(s.x(m.step) - px, s.y(y) - py), () => ({
          x: m.step, y, title: `${l.name} ${number(y)}`, node: null,
          lines: [`at ${unit.one} ${number(m.step)}`, `${count(m.stale, "decision")} since the best was bettered`],
        }));
      }
    }
    return near.found;
  }, [meters, lines]);
  const overlay = useCallback((s: Surface, h: Hover) => {
    s.ctx.fillStyle = s.theme.ink;
    dot(s.ctx, s.x(h.x), s.y(h.y), 3.5);
  }, []);
  return (
    <Plot
      height={190} x={{ low: from, high: to, ticks: linear.ticks }} y={{ low: 0, high: props.high * 1.04, ticks: linear.ticks }}
      summary={props.summary} draw={draw} find={find} overlay={overlay}
    />
  );
}
