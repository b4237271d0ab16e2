import { useCallback, useMemo, useState } from "preact/hooks";
import { dot, line, Nearest } from "../charts/ink";
import { Plot, type Hover, type Surface } from "../charts/plot";
import { duration, number, timeUnit, units } from "../model/format";
import { linear, padded, scaled } from "../model/scale";
import { Empty, Section } from "../views/parts";
import { heights, settled, type Arm, type ComparisonData, type Ink, type Place } from "./data";
import { ArmName, CENTRES, interval } from "./Page";

interface Inked {
  readonly data: ComparisonData;
  readonly ink: ReadonlyMap<string, Ink>;
}

export function CurvesView({ data, ink }: Inked) {
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const arms = useMemo(() => data.arms.filter((a) => a.bySteps.length > 0), [data]);
  if (arms.length === 0) return <Section id="curves" title="Learning curves"><Empty>No arm has a complete experiment.</Empty></Section>;
  const toggle = (name: string) => {
    const next = new Set(off);
    if (!next.delete(name)) next.add(name);
    setOff(next);
  };
  const shown = arms.filter((a) => !off.has(a.name));
  const unit = units(data.unit);
  const end = Math.max(...arms.map((a) => a.byTime.at(-1)?.at ?? 0));
  const time = timeUnit(end);
  return (
    <Section
      id="curves" title="Learning curves"
      note={<>The best {data.selection.name} that any member had read so far: the {CENTRES[data.centre]} over seeds, with its 95 % interval place by place. Best readings flatter, all arms alike; the result above is measured afresh.</>}
    >
      <ul class="legend">
        {arms.map((a) => (
          <li key={a.name}><button type="button" aria-pressed={!off.has(a.name)} onClick={() => toggle(a.name)}><ArmName arm={a} ink={ink} /></button></li>
        ))}
      </ul>
      <div class="pair">
        <figure>
          <figcaption>Over {unit.many} per member of the population</figcaption>
          <Bands data={data} ink={ink} arms={shown} all={arms} of={bySteps} label={unit.many} ticks={linear.ticks} said={(at) => `${number(Math.round(at))} ${unit.many}`} />
        </figure>
        <figure>
          <figcaption>Over time</figcaption>
          <Bands data={data} ink={ink} arms={shown} all={arms} of={byTime} label={time.word} ticks={scaled(time.seconds)} said={(at) => duration(at)} />
        </figure>
      </div>
      <p class="hint">Drag to zoom, double-click to zoom out.</p>
    </Section>
  );
}

const bySteps = (a: Arm) => a.bySteps;
const byTime = (a: Arm) => a.byTime;

interface BandsProps extends Inked {
  readonly arms: readonly Arm[];
  readonly all: readonly Arm[];
  readonly label: string;
  readonly ticks: typeof linear.ticks;
  of(arm: Arm): readonly Place[];
  said(at: number): string;
}

function Bands({ data, ink, arms, all, of, label, ticks, said }: BandsProps) {
  const [end, low, high] = useMemo(() => {
    const last = Math.max(...all.map((a) => of(a).at(-1)!.at));
    const [a, b] = heights(all.flatMap((arm) => settled(of(arm), last)));
    return [last, ...padded(a, b)] as const;
  }, [all, of]);
  const draw = useCallback((s: Surface) => {
    const { ctx } = s;
    for (const a of arms) {
      const places = of(a).filter((p) => p.low !== null && p.high !== null);
      if (places.length < 2) continue;
      ctx.globalAlpha = arms.length > 3 ? 0.08 : 0.14;
      ctx.fillStyle = s.theme.series[ink.get(a.name)!.series]!;
      ctx.beginPath();
      places.forEach((p, i) => (i === 0 ? ctx.moveTo(s.x(p.at), s.y(p.high!)) : ctx.lineTo(s.x(p.at), s.y(p.high!))));
      for (const p of [...places].reverse()) ctx.lineTo(s.x(p.at), s.y(p.low!));
      ctx.fill();
    }
    ctx.globalAlpha = 1;
    for (const a of arms) {
      const { series, dashed } = ink.get(a.name)!;
      ctx.strokeStyle = s.theme.series[series]!;
      ctx.lineWidth = 2;
      ctx.setLineDash(dashed ? [6, 4] : []);
      ctx.beginPath();
      line(s, of(a).map((p) => ({ x: p.at, y: p.value })));
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }, [arms, of]);
  const find = useCallback((px: number, py: number, s: Surface): Hover | null => {
    const near = new Nearest<{ arm: Arm; place: Place }>(36);
    for (const arm of arms) {
      for (const place of of(arm)) near.offer(Math.hypot(s.x(place.at) - px, s.y(place.value) - py), () => ({ arm, place }));
    }
    const found = near.found;
    return found && {
      x: found.place.at, y: found.place.value, title: found.arm.name, node: null,
      lines: [`${data.selection.name} ${number(found.place.value)}`, `95 % interval ${interval(found.place)}`, said(found.place.at)],
    };
  }, [arms, of]);
  const overlay = useCallback((s: Surface, h: Hover) => {
    s.ctx.fillStyle = s.theme.ink;
    dot(s.ctx, s.x(h.x), s.y(h.y), 4);
  }, []);
  return (
    <Plot
      height={330} x={{ low: 0, high: end * 1.01, label, ticks }} y={{ low, high, label: data.selection.name, ticks: linear.ticks }}
      summary={`${data.selection.name} of ${arms.length} arms over ${label}, to ${said(end)}.`}
      draw={draw} find={find} overlay={overlay}
    />
  );
}
