import { useCallback, useMemo, useState } from "preact/hooks";
import { Plot, type Hover, type Surface } from "../charts/plot";
import { PHASES, type Phase } from "../model/data";
import { duration, percent, timeUnit } from "../model/format";
import { scaled } from "../model/scale";
import { secondsOf, sharesOf, spansOf } from "../model/time";
import { useShared } from "./context";
import { Empty, Section } from "./parts";

const WORDS: Readonly<Record<Phase, string>> = {
  train: "train", evaluate: "evaluate", save: "save checkpoints", load: "load checkpoints", decide: "decide", wait: "wait",
};
const colour = (phase: Phase) => PHASES.indexOf(phase);

export function TimeView() {
  const { history } = useShared();
  const shares = useMemo(() => sharesOf(history.data), [history]);
  const [trained, waited] = useMemo(() => [secondsOf(history, "train"), secondsOf(history, "wait")], [history]);
  const timed = useMemo(() => history.data.segments.some((s) => s.timings), [history]);
  const [open, setOpen] = useState(false);
  if (shares.length === 0) return <Section id="time" title="Time"><Empty>No time has been spent yet.</Empty></Section>;
  return (
    <Section id="time" title="Time" note={<>What slots did for members.{trained > 0 && <> {duration(trained)} of training in all.</>}{waited > 0 && <> Between segments members waited {duration(waited)} in all, for a slot or for others.</>}</>}>
      <div class="shares" role="img" aria-label={shares.map((s) => `${WORDS[s.phase]} ${percent(s.share)}`).join(", ")}>
        {shares.filter((s) => s.share > 0).map((s) => (
          <div key={s.phase} style={{ flexGrow: String(s.share), background: `var(--series-${colour(s.phase)})` }} />
        ))}
      </div>
      <ul class="legend shares-key">
        {shares.map((s) => (
          <li key={s.phase}><span><i class="key" style={{ background: `var(--series-${colour(s.phase)})` }} />{WORDS[s.phase]} <b>{percent(s.share)}</b></span></li>
        ))}
      </ul>
      {timed && (
        <details open={open} onToggle={(e) => setOpen((e.currentTarget as HTMLDetailsElement).open)}>
          <summary>Member by member</summary>
          {open && <Strips />}
        </details>
      )}
    </Section>
  );
}

function Strips() {
  const shared = useShared();
  const { history } = shared;
  const rows = useMemo(() => history.tracks.map((t) => ({ id: t.member.id, spans: spansOf(t) })), [history]);
  const last = useMemo(() => rows.reduce((m, r) => Math.max(m, r.spans.at(-1)?.to ?? 0), 0), [rows]);
  const draw = useCallback((s: Surface) => {
    const pitch = Math.abs(s.y(0) - s.y(1));
    const h = Math.max(1, pitch * 0.72);
    rows.forEach((r, i) => {
      const y = s.y(-i);
      for (const span of r.spans) {
        const [a, b] = [s.x(span.from), s.x(span.to)];
        s.ctx.fillStyle = s.theme.series[colour(span.phase)]!;
        s.ctx.fillRect(a, y - h / 2, Math.max(span.phase === "train" ? 0.2 : 0.6, b - a), h);
      }
    });
  }, [rows]);
  const find = useCallback((px: number, py: number, s: Surface): Hover | null => {
    const x = s.from + ((px - s.left) / (s.right - s.left)) * (s.to - s.from);
    const i = Math.round((py - s.y(0)) / Math.abs(s.y(0) - s.y(1)));
    const span = rows[i]?.spans.find((e) => e.from <= x && x <= e.to);
    return span
      ? { x, y: -i, title: `Member ${rows[i]!.id} · segment ${span.segment}`, lines: [`${WORDS[span.phase]} ${duration(span.to - span.from)}`], node: { member: rows[i]!.id, segment: span.segment } }
      : null;
  }, [rows]);
  const pitch = Math.max(1.5, Math.min(16, 560 / rows.length));
  const unit = timeUnit(last);
  return (
    <>
      <p class="note">One row a member, on the running clock of the experiment. Where a row is empty, the member waits.</p>
      <Plot
        height={Math.round(rows.length * pitch + 56)} gridY={false}
        x={{ low: 0, high: last * 1.01, label: unit.word, ticks: scaled(unit.seconds) }}
        y={{ low: -(rows.length - 0.4), high: 0.6, label: "member", ticks: (a, b, most) => {
          const seen = rows.map((r, i) => ({ at: -i, label: String(r.id) })).filter((t) => t.at >= a && t.at <= b);
          return seen.length <= most * 3.2 ? seen : [];
        } }}
        summary="When each member loaded, trained, evaluated and saved."
        draw={draw} find={find} onPick={(h) => shared.choose(h.node)}
      />
    </>
  );
}
