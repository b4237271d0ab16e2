import { useState } from "preact/hooks";
import { count, duration, NONE, number, percent, units } from "../model/format";
import { Section } from "../views/parts";
import { CurvesView } from "./Curves";
import { inks, type Arm, type ComparisonData, type Ink, type Ranged } from "./data";
import { Forest } from "./Forest";

export const CENTRES = { mean: "mean", iqm: "inter-quartile mean" } as const;
const CLAIMS = { better: "better", worse: "worse", open: "not told apart", nothing: "nothing can be said" } as const;

export function Page({ data }: { data: ComparisonData }) {
  const ink = inks(data);
  const failures = data.arms.flatMap((a) => a.failures.map((f) => ({ ...f, arm: a.name })));
  const sections = [
    ["result", "Result"], ["curves", "Curves"], ["costs", "Costs"], ...(failures.length > 0 ? [["failures", "Failures"]] : []), ["settings", "Settings"],
  ] as const;
  return (
    <>
      <a class="skip" href="#result">Skip to the result</a>
      <header>
        <div class="bar">
          <h1 title={data.name}>{data.name}</h1>
          <span class="badge ended">comparison</span>
          <dl class="head">
            <div><dt>arms</dt><dd>{number(data.arms.length)}</dd></div>
            <div><dt>seeds</dt><dd>{number(data.seeds.length)}</dd></div>
            <div class="wide"><dt>budget</dt><dd>{data.budget}</dd></div>
            <div class="wide"><dt>ranked by</dt><dd>{data.score.name}</dd></div>
          </dl>
        </div>
        <nav aria-label="Sections">{sections.map(([id, word]) => <a key={id} href={`#${id}`}>{word}</a>)}</nav>
      </header>
      <main>
        <Result data={data} ink={ink} />
        <CurvesView data={data} ink={ink} />
        <Costs data={data} ink={ink} />
        {failures.length > 0 && (
          <Section id="failures" title="Failures">
            <div class="scroll">
              <table class="failures">
                <thead><tr><th scope="col">arm</th><th scope="col" class="n">seed</th><th scope="col">why it has no score</th></tr></thead>
                <tbody>{failures.map((f) => <tr key={`${f.arm}/${f.seed}`}><td>{f.arm}</td><td class="n">{f.seed}</td><td class="said">{f.reason}</td></tr>)}</tbody>
              </table>
            </div>
          </Section>
        )}
        <Settings arms={data.arms} />
      </main>
      <footer>Clade · comparison {data.name} · this file holds all its data and fetches nothing</footer>
    </>
  );
}

interface Inked {
  readonly data: ComparisonData;
  readonly ink: ReadonlyMap<string, Ink>;
}

function Result({ data, ink }: Inked) {
  const selected = data.arms.some((a) => a.selected);
  const good = data.score.mode === "max" ? "higher" : "lower";
  return (
    <Section
      id="result" title="Result"
      note={<>{data.score.name} of each winner ({good} is better), the {CENTRES[data.centre]} of {count(data.seeds.length, "seed")}. {selected ? `Winners were chosen by ${data.selection.name}; no decision ever saw ${data.score.name}.` : "Winners were chosen, and measured, by fresh readings at the end."} Populations of one seed began with the same draws, so differences are taken seed by seed.</>}
    >
      <ul class="verdict">{data.verdict.map((said, i) => <li key={i}>{said}</li>)}</ul>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col" class="n">rank</th><th scope="col">arm</th><th scope="col" class="n">seeds</th>
              <th scope="col" class="n">{data.score.name}</th><th scope="col" class="n">95 % interval</th>
              {selected && <th scope="col" class="n">{data.selection.name}</th>}
              <th scope="col" class="n">minus {data.first}</th><th scope="col" class="n">95 % interval</th>
              <th scope="col" class="n">better in</th><th scope="col" class="n">P(better)</th><th scope="col" class="n">95 % interval</th><th scope="col">against {data.first}</th>
            </tr>
          </thead>
          <tbody>
            {data.arms.map((a) => (
              <tr key={a.name}>
                <td class="n">{a.rank ?? NONE}</td>
                <td><ArmName arm={a} ink={ink} /></td>
                <td class="n">{a.scores.length}</td>
                <td class="n"><b>{number(a.score?.value)}</b></td>
                <td class="n">{interval(a.score)}</td>
                {selected && <td class="n">{number(a.selected?.value)}</td>}
                <td class="n">{a.versus ? signed(a.versus.difference.value) : NONE}</td>
                <td class="n">{interval(a.versus?.difference)}</td>
                <td class="n">{a.versus ? `${a.versus.won} of ${a.versus.difference.samples}` : NONE}</td>
                <td class="n">{number(a.versus?.better.value, 2)}</td>
                <td class="n">{interval(a.versus?.better, 2)}</td>
                <td class="claim">{a.name === data.first ? <span class="muted">the measure</span> : CLAIMS[a.versus?.claim ?? "nothing"]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Forest data={data} ink={ink} />
    </Section>
  );
}

export function ArmName({ arm, ink }: { arm: Arm; ink: ReadonlyMap<string, Ink> }) {
  const { series, dashed } = ink.get(arm.name)!;
  return (
    <span class="arm" title={arm.meaning ?? undefined}>
      <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
        <path d="M1 4 H17" style={{ stroke: `var(--series-${series})` }} stroke-width="3" stroke-dasharray={dashed ? "4 2.5" : undefined} />
      </svg>
      {arm.name}
    </span>
  );
}

function Costs({ data, ink }: Inked) {
  const unit = units(data.unit);
  return (
    <Section id="costs" title="Costs" note={<>What one experiment cost, on average. All arms have the same budget of {unit.many}, and the same finals; evaluations are those in training, of copies too. Times are of the running clock, with as many slots as there were.</>}>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">arm</th><th scope="col" class="n">{unit.many}</th><th scope="col">of the budget</th><th scope="col" class="n">evaluations</th>
              <th scope="col" class="n">copies</th><th scope="col" class="n">training</th><th scope="col" class="n">finals</th><th scope="col"><span class="hidden">why less</span></th>
            </tr>
          </thead>
          <tbody>
            {data.arms.filter((a) => a.spent).map((a) => {
              const s = a.spent!;
              return (
                <tr key={a.name}>
                  <td><ArmName arm={a} ink={ink} /></td>
                  <td class="n">{number(Math.round(s.steps))}</td>
                  <td>{s.share === null ? NONE : <><span class="share" aria-hidden="true"><i style={{ width: `${Math.min(100, 100 * s.share)}%` }} /></span>{percent(s.share)}</>}</td>
                  <td class="n">{number(Math.round(s.evaluations))}</td><td class="n">{number(s.copies, 3)}</td>
                  <td class="n">{duration(s.training)}</td><td class="n">{duration(s.finals)}</td>
                  <td class="wide">{s.shortfall}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Settings({ arms }: { arms: readonly Arm[] }) {
  return (
    <Section id="settings" title="Settings" note="What each arm trained with, under the first seed; other seeds differ in nothing else. Secrets are masked.">
      {arms.map((a) => <ArmSettings key={a.name} arm={a} />)}
    </Section>
  );
}

function ArmSettings({ arm }: { arm: Arm }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(e) => setOpen((e.currentTarget as HTMLDetailsElement).open)}>
      <summary>{arm.name}{arm.meaning && `: ${arm.meaning}`}</summary>
      {arm.notes.length > 0 && <ul class="notes">{arm.notes.map((n) => <li key={n}>{n}</li>)}</ul>}
      {arm.settings ? <pre tabIndex={0}>{arm.settings}</pre> : <p class="note">It was never created.</p>}
    </details>
  );
}

export function signed(x: number): string {
  return (x > 0 ? "+" : "") + number(x);
}

export function interval(of: Ranged | null | undefined, digits = 4): string {
  return of && of.low !== null && of.high !== null ? `${number(of.low, digits)} to ${number(of.high, digits)}` : NONE;
}
