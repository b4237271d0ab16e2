import { useEffect, useMemo, useState } from "preact/hooks";
import { curvesOf } from "../model/curves";
import type { Node, ReportData } from "../model/data";
import { number, units } from "../model/format";
import { metersOf } from "../model/greed";
import { historyOf } from "../model/history";
import { ancestry, bestOf } from "../model/lineage";
import { rowOrder } from "../model/rows";
import { SharedContext, useShared, type Shared } from "./context";
import { CurvesView } from "./Curves";
import { DecisionsView } from "./Decisions";
import { FailuresView } from "./Failures";
import { GreedView } from "./Greed";
import { Header, SECTIONS } from "./Header";
import { LineageView } from "./Lineage";
import { MembersView } from "./Members";
import { ParametersView } from "./Parameters";
import { Section } from "./parts";
import { PicturesView } from "./Pictures";
import { RanksView } from "./Ranks";
import { SummaryView } from "./Summary";
import { TimeView } from "./Time";

export function App({ data }: { data: ReportData }) {
  const fixed = useMemo(() => {
    const history = historyOf(data);
    const best = bestOf(history);
    return {
      history, best, curves: curvesOf(history), rows: rowOrder(history), unit: units(data.experiment.unit), greedy: metersOf(data.decisions).length > 1,
    };
  }, [data]);
  const [chosen, choose] = useState<Node | null>(null);
  const chain = useMemo(() => (chosen ? ancestry(fixed.history, chosen) : []), [chosen]);
  const shared: Shared = { ...fixed, chosen, chain, choose };
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.key === "Escape") choose(null);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const ranked = fixed.history.tracks.filter((t) => !t.member.control && t.segments.some((s) => s.score !== null)).length > 1;
  return (
    <SharedContext.Provider value={shared}>
      <a class="skip" href="#result">Skip to the result</a>
      <Header sections={SECTIONS.filter(([id]) => (id === "ranks" ? ranked : id === "greed" ? fixed.greedy : id === "pictures" ? data.pictures.length > 0 || data.picturesNote !== null : id === "failures" ? fixed.curves.failures.length > 0 : id === "settings" ? !!data.experiment.settings : true))} />
      <main>
        <SummaryView />
        <PicturesView />
        <CurvesView />
        <ParametersView />
        <LineageView />
        <RanksView />
        <GreedView />
        <MembersView />
        <FailuresView />
        <DecisionsView />
        <TimeView />
        <SettingsView />
      </main>
      <Held />
      <footer>
        Clade · experiment {data.experiment.id} · this file holds all its data and fetches nothing
      </footer>
    </SharedContext.Provider>
  );
}

function SettingsView() {
  const { settings } = useShared().history.data.experiment;
  if (!settings) return null;
  return (
    <Section id="settings" title="Settings">
      <details>
        <summary>The experiment file</summary>
        <pre tabIndex={0}>{settings}</pre>
      </details>
    </Section>
  );
}

/** What the reader holds on to, wherever on the page. */
function Held() {
  const { chosen, chain, history, choose, unit } = useShared();
  const s = chain[0];
  if (!chosen || !s) return null;
  const copies = chain.filter((q) => q.origin === "copy").length;
  return (
    <aside class="held" aria-label="Chosen lineage">
      <i class="key" style={{ background: "var(--chosen)" }} />
      <span role="status">
        <b>Member {s.member}, segment {s.index}</b>
        {s.score !== null && <> · {history.data.experiment.metric} {number(s.score)}</>}
        {" "}· {number(s.lineageEnd ?? s.endStep)} {unit.many} · {copies === 1 ? "1 copy" : `${copies} copies`}
      </span>
      <a href="#lineage">Lineage</a>
      <button type="button" onClick={() => choose(null)} aria-label="Let go of the chosen lineage">✕</button>
    </aside>
  );
}
