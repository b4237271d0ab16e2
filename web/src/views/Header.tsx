import { duration, number } from "../model/format";
import { useShared } from "./context";

export const SECTIONS: readonly (readonly [string, string])[] = [
  ["result", "Result"], ["pictures", "Pictures"], ["curves", "Curves"], ["parameters", "Hyperparameters"], ["lineage", "Lineage"], ["ranks", "Ranks"], ["greed", "Greed"],
  ["members", "Members"], ["failures", "Failures"], ["decisions", "Decisions"], ["time", "Time"], ["settings", "Settings"],
];

const STATUS: Readonly<Record<string, string>> = { finals: "measuring afresh", moved: "went on elsewhere" };

export function Header({ sections }: { sections: readonly (readonly [string, string])[] }) {
  const { history, best } = useShared();
  const { experiment: e, winner } = history.data;
  const score = best ? (best.folded ? best.segment.score : winner?.score.mean ?? best.segment.score) : null;
  const half = best && !best.folded && winner?.score.low != null && winner.score.high != null ? winner.score : null;
  return (
    <header>
      <div class="bar">
        <h1 title={e.name}>{e.name}</h1>
        <span class={`badge ${e.status}`}>{STATUS[e.status] ?? e.status}{e.ended ? `: ${e.ended}` : ""}</span>
        <dl class="head">
          {best && (
            <div>
              <dt>{best.provisional ? "best so far" : "winner"}</dt>
              <dd><b>{number(score)}</b>{half && <span class="muted"> [{number(half.low)}, {number(half.high)}]</span>} {e.metric}</dd>
            </div>
          )}
          {!best && <div><dt>winner</dt><dd>{e.status === "ended" ? "none" : "none yet"}</dd></div>}
          <div class="wide"><dt>budget</dt><dd>{e.budget ?? "–"}</dd></div>
          <div class="wide"><dt>population</dt><dd>{number(e.population)}</dd></div>
          <div class="wide"><dt>time</dt><dd>{duration(e.elapsed)}</dd></div>
        </dl>
      </div>
      <nav aria-label="Sections">
        {sections.map(([id, word]) => <a key={id} href={`#${id}`}>{word}</a>)}
      </nav>
    </header>
  );
}
