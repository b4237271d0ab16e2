import { useMemo } from "preact/hooks";
import { count, duration, moment, NONE, number, value } from "../model/format";
import { bestSegment, type History } from "../model/history";
import type { Candidate, Reading } from "../model/data";
import { useShared } from "./context";
import { Empty, Facts, Section } from "./parts";

export function SummaryView() {
  const shared = useShared();
  const { history, best, unit, curves } = shared;
  const { experiment, winner } = history.data;
  const control = useMemo(() => controlOf(history), [history]);
  if (!best) {
    return (
      <Section id="result" title="Result">
        {curves.failures.length > 0 && <p><b>{count(curves.failures.length, "segment")} of {number(history.data.segments.length)} failed.</b> <a href="#failures">Why</a></p>}
        <Empty>{experiment.status === "ended" ? "The experiment ended before anything was scored." : "No winner yet: nothing has been scored."}</Empty>
        <About />
      </Section>
    );
  }
  const named = best.folded ? null : winner;
  const mean = named?.score.mean ?? best.segment.score;
  const copies = best.chain.filter((s) => s.origin === "copy").length;
  const values = Object.entries(best.segment.values).filter(([, v]) => v !== null);
  const gain = control && mean !== null ? mean - control.score : null;
  return (
    <Section id="result" title={best.provisional ? "Best so far (provisional)" : "Winner"}>
      <div class="result">
        <div class="card hero">
          <div class="big">{number(mean)}</div>
          <div class="metric">{experiment.metric} <span class="muted">({experiment.mode === "min" ? "lower" : "higher"} is better)</span></div>
          {named && named.score.low !== null && <div class="metric">{number(named.score.low)} to {number(named.score.high)} <span class="muted">(95 % interval)</span></div>}
          <p class="note">
            {named
              ? <>{named.score.samples ? `Mean of ${count(named.score.samples, "fresh reading")}` : "Measured afresh"}.</>
              : <>The best of all readings so far. A single best reading flatters; the final evaluation measures afresh.</>}
          </p>
          {named?.report && <p><b>{number(named.report.mean)}</b> {named.report.metric} <span class="muted">(never seen by a decision)</span></p>}
          {gain !== null && control && (
            <p>
              {gain === 0 ? "Equal to" : <><b>{number(Math.abs(gain), 3)}</b> {history.better(mean!, control.score) ? "better than" : "worse than"}</>}
              {control.afresh ? " the best control, measured afresh too" : " the best reading of a control"}
              {" "}<span class="muted">({number(control.score)}, member {control.member})</span>
            </p>
          )}
        </div>
        <div class="card">
          <Facts
            facts={[
              ["Member", <button type="button" class="link" onClick={() => shared.choose({ member: best.segment.member, segment: best.segment.index })}>{best.segment.member}, segment {best.segment.index}</button>],
              ["Lineage", `${count(named?.lineageStep ?? best.segment.lineageEnd ?? best.segment.endStep, unit.one, unit.many)}, ${count(copies, "copy", "copies")}`],
              named?.checkpoint ? ["Checkpoint", <code class="digest">{named.checkpoint}</code>] : null,
              ...values.map(([name, v]) => [`${name}`, value(v)] as const),
            ]}
          />
          <p class="note small">Hyperparameters are those of the last segment; the schedule that led here is <a href="#lineage">below</a>.</p>
        </div>
        <div class="card about"><About jumps={curves.jumps.length} failures={curves.failures.length} /></div>
      </div>
      <FinalsTable />
    </Section>
  );
}

/** The control to compare with: the one measured afresh at the end, or else the best reading of any. */
function controlOf(history: History): { score: number; member: number; afresh: boolean } | null {
  const final = history.data.finals.find((c) => c.control && c.score?.mean != null);
  if (final) return { score: final.score!.mean!, member: final.member, afresh: true };
  const best = bestSegment(history, (t) => t.member.control);
  return best ? { score: best.score!, member: best.member, afresh: false } : null;
}

/** A scale for candidates; controls count only where they are not so far off that the others would run together. */
function usefulScale(finals: readonly Candidate[]): readonly [number, number] {
  const ends = (of: readonly Candidate[]) => of.flatMap((c) => [c.before, c.score?.mean, c.score?.low, c.score?.high]).filter((x): x is number => typeof x === "number");
  const [all, ranked] = [ends(finals), ends(finals.filter((c) => !c.control))];
  const width = (xs: readonly number[]) => Math.max(...xs) - Math.min(...xs);
  const chosen = ranked.length > 1 && width(all) > 4 * width(ranked) ? ranked : all;
  return [Math.min(...chosen), Math.max(...chosen)];
}

/** Who was measured afresh at the end. */
function FinalsTable() {
  const { history, choose } = useShared();
  const { finals, winner, experiment } = history.data;
  if (finals.length === 0) return null;
  const range = usefulScale(finals);
  return (
    <details class="finals" open={finals.length <= 6}>
      <summary>Measured afresh at the end: {count(finals.length, "candidate")}</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label="Finals">
        <table>
          <thead>
            <tr>
              <th scope="col" class="n">member</th><th scope="col" class="n">segment</th><th scope="col" class="n">{experiment.metric} before</th>
              <th scope="col" class="n">afresh</th><th scope="col" class="n">95 % interval</th><th scope="col" class="n">readings</th><th scope="col"><span class="hidden">picture</span></th>
            </tr>
          </thead>
          <tbody>
            {finals.map((c) => {
              const won = winner?.member === c.member && winner.segment === c.segment;
              return (
                <tr key={`${c.member}/${c.segment}`}>
                  <td class="n"><button type="button" class="link" onClick={() => choose({ member: c.member, segment: c.segment })}>{c.member}</button></td>
                  <td class="n">{c.segment}</td><td class="n">{number(c.before)}</td>
                  <td class="n">{won ? <b>{number(c.score?.mean)}</b> : number(c.score?.mean)}</td>
                  <td class="n">{c.score?.low != null ? `${number(c.score.low)} to ${number(c.score.high)}` : NONE}</td>
                  <td class="n">{c.score?.samples ?? NONE}</td>
                  <td><Interval reading={c.score} before={c.before} range={range} colour={won ? "winner" : c.control ? "control" : "member"} /> {won ? "winner" : c.control ? <span class="muted">best control</span> : ""}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="note small">The ring is the reading that made it a candidate: the best of many, so it flatters. Dot and bar are the mean and the 95 % interval of fresh readings.</p>
    </details>
  );
}

const NAMES: Readonly<Record<string, string>> = { clade: "Clade", java: "Java", os: "System" };

function About({ jumps, failures }: { jumps?: number; failures?: number }) {
  const { history } = useShared();
  const e = history.data.experiment;
  return (
    <Facts
      facts={[
        ["Experiment", e.name],
        ["Identity", <code class="digest">{e.id}</code>],
        ["Created", moment(e.created)],
        ["Active time", duration(e.elapsed)],
        ["Budget", e.budget ?? NONE],
        ["Population", number(e.population)],
        ["Segments", number(history.data.segments.length)],
        jumps !== undefined ? ["Copies", number(jumps)] : null,
        failures ? ["Failed segments", number(failures)] : null,
        ["Seed", String(e.seed ?? NONE)],
        ...Object.entries(e.provenance ?? {}).map(([name, said]) => [NAMES[name] ?? name, said] as const),
      ]}
    />
  );
}

/** A mean with its interval, on a scale that several share. */
function Interval(props: { reading: Reading | null; before: number | null; range: readonly [number, number]; colour: string }) {
  const [low, high] = props.range;
  const at = (v: number) => (high > low ? 6 + (168 * (v - low)) / (high - low) : 90);
  const { reading, before } = props;
  const ink = { stroke: `var(--${props.colour})` };
  const mean = reading?.mean;
  if (mean != null && (mean < low || mean > high)) {
    return (
      <svg class="interval" width="180" height="14" viewBox="0 0 180 14" aria-hidden="true">
        <path d="M0 7 H180" style={{ stroke: "var(--grid)" }} />
        <path d={mean < low ? "M10 2 L3 7 L10 12" : "M170 2 L177 7 L170 12"} style={{ ...ink, fill: "none" }} stroke-width="1.6" />
      </svg>
    );
  }
  return (
    <svg class="interval" width="180" height="14" viewBox="0 0 180 14" aria-hidden="true">
      <path d="M0 7 H180" style={{ stroke: "var(--grid)" }} />
      {reading?.low != null && reading.high != null && <path d={`M${at(reading.low)} 7 H${at(reading.high)} M${at(reading.low)} 3 V11 M${at(reading.high)} 3 V11`} style={ink} stroke-width="1.6" />}
      {before !== null && <circle cx={at(before)} cy="7" r="3.4" style={{ ...ink, fill: "none" }} />}
      {reading?.mean != null && <circle cx={at(reading.mean)} cy="7" r="4" style={{ fill: `var(--${props.colour})` }} />}
    </svg>
  );
}
