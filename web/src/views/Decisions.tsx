import { useMemo, useState } from "preact/hooks";
import type { Decision, Value } from "../model/data";
import { distinct, outcomes, page, select, type Filter, type Order, type SortKey } from "../model/decisions";
import { count, fact, factor, NONE, number, value } from "../model/format";
import { useShared } from "./context";
import { Empty, Pager, Section } from "./parts";

const SIZE = 25;
const HEADS: readonly (readonly [SortKey, string, boolean])[] = [
  ["position", "log", true], ["step", "", true], ["member", "member", true], ["segment", "segment", true],
  ["rule", "rule", false], ["outcome", "outcome", false], ["donor", "donor", true],
];

export function DecisionsView() {
  const { history, unit, choose } = useShared();
  const { decisions } = history.data;
  const [filter, setFilter] = useState<Filter>({ member: null, rule: null, outcome: null });
  const [order, setOrder] = useState<Order>({ key: "position", descending: true });
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const rules = useMemo(() => distinct(decisions, (d) => d.rule), [decisions]);
  const members = useMemo(() => distinct(decisions, (d) => d.member), [decisions]);
  const counts = useMemo(() => outcomes(decisions), [decisions]);
  const selected = useMemo(() => select(decisions, filter, order), [decisions, filter, order]);
  const shown = page(selected, at, SIZE);
  if (decisions.length === 0) {
    return <Section id="decisions" title="Decisions"><Empty>No decision yet. The first comes when a member is ready.</Empty></Section>;
  }
  const narrow = (more: Partial<Filter>) => {
    setFilter({ ...filter, ...more });
    setAt(0);
  };
  const toggle = (position: number) => {
    const next = new Set(open);
    if (!next.delete(position)) next.add(position);
    setOpen(next);
  };
  const columns = HEADS.length + 2;
  return (
    <Section
      id="decisions" title="Decisions"
      note={`${count(decisions.length, "decision")}: ${[...counts].sort((a, b) => b[1] - a[1]).map(([o, n]) => `${number(n)} ${o}`).join(", ")}. Open one to see what it went by.`}
    >
      <form class="filters" onSubmit={(e) => e.preventDefault()}>
        <label>
          Member
          <select value={filter.member ?? ""} onChange={(e) => narrow({ member: e.currentTarget.value === "" ? null : Number(e.currentTarget.value) })}>
            <option value="">all</option>
            {members.map((m) => <option key={m} value={m}>{m}</option>)}
          </select>
        </label>
        <label>
          Rule
          <select value={filter.rule ?? ""} onChange={(e) => narrow({ rule: e.currentTarget.value || null })}>
            <option value="">all</option>
            {rules.map((r) => <option key={r} value={r}>{r}</option>)}
          </select>
        </label>
        <label>
          Outcome
          <select value={filter.outcome ?? ""} onChange={(e) => narrow({ outcome: e.currentTarget.value || null })}>
            <option value="">all</option>
            {[...counts.keys()].sort().map((o) => <option key={o} value={o}>{o}</option>)}
          </select>
        </label>
        <span class="muted" aria-live="polite">{selected.length === decisions.length ? "" : `${number(selected.length)} match`}</span>
      </form>
      <div class="scroll" tabIndex={0} role="group" aria-label="Decisions">
        <table class="decisions">
          <thead>
            <tr>
              <th scope="col"><span class="hidden">Open</span></th>
              {HEADS.map(([key, word, numeric]) => (
                <th scope="col" key={key} class={numeric ? "n" : ""} aria-sort={order.key === key ? (order.descending ? "descending" : "ascending") : "none"}>
                  <button type="button" class="sort" onClick={() => setOrder({ key, descending: order.key === key ? !order.descending : key === "position" })}>
                    {word || unit.one}<span aria-hidden="true">{order.key === key ? (order.descending ? " ▾" : " ▴") : ""}</span>
                  </button>
                </th>
              ))}
              <th scope="col">changes</th>
            </tr>
          </thead>
          <tbody>
            {shown.items.map((d) => (
              <Row key={d.position} d={d} open={open.has(d.position)} toggle={() => toggle(d.position)} columns={columns} lessIsBetter={history.data.experiment.mode === "min"} choose={history.segment({ member: d.member, segment: d.segment }) ? () => choose({ member: d.member, segment: d.segment }) : null} />
            ))}
            {shown.items.length === 0 && <tr><td colSpan={columns} class="muted">No decision matches.</td></tr>}
          </tbody>
        </table>
      </div>
      <Pager at={shown.at} pages={shown.pages} go={setAt} what="decisions" />
    </Section>
  );
}

function Row({ d, open, toggle, columns, choose, lessIsBetter }: { lessIsBetter: boolean; d: Decision; open: boolean; toggle(): void; columns: number; choose: (() => void) | null }) {
  const changes = Object.entries(d.changes ?? {});
  const because = Object.entries(d.because ?? {}).filter(([, v]) => v !== null && v !== undefined);
  return (
    <>
      <tr class={open ? "open" : ""}>
        <td><button type="button" class="twist" aria-expanded={open} aria-label={`Why member ${d.member} at log position ${d.position}`} onClick={toggle}>{open ? "▾" : "▸"}</button></td>
        <td class="n">{number(d.position)}</td><td class="n">{number(d.step)}</td><td class="n">{d.member}</td><td class="n">{d.segment}</td>
        <td>{d.rule}</td><td><span class={`badge ${d.outcome === "copy" || d.outcome === "stop" || d.outcome === "fresh" ? d.outcome : ""}`}>{d.outcome}</span></td>
        <td class="n">{d.donor ?? <span class="muted">{NONE}</span>}</td>
        <td class="changes">{summary(changes)}</td>
      </tr>
      {open && (
        <tr class="why">
          <td />
          <td colSpan={columns - 1} class="reasons">
            <div class="why-grid">
              <div>
                <h4>Because</h4>
                {because.length === 0
                  ? <p class="muted">The rule gave no facts.</p>
                  : <dl>{because.map(([k, v]) => <div key={k}><dt>{k}</dt><dd>{fact(v)}</dd></div>)}</dl>}
                {lessIsBetter && because.some(([k]) => k.includes("score")) && <p class="note small">Scores are negated here, so that more is better.</p>}
                {d.over && d.over.length > 0 && <p class="note small">Compared: members {d.over.join(", ")}.</p>}
              </div>
              {changes.length > 0 && (
                <div>
                  <h4>Changed</h4>
                  <dl>{changes.map(([k, [a, b]]) => <div key={k}><dt>{k}</dt><dd>{value(a)} → {value(b)} <span class="muted">{factor(a, b)}</span></dd></div>)}</dl>
                </div>
              )}
            </div>
            {choose && <button type="button" class="link" onClick={choose}>Show its lineage</button>}
          </td>
        </tr>
      )}
    </>
  );
}

function summary(changes: readonly (readonly [string, readonly [Value, Value]])[]): string {
  const said = changes.slice(0, 2).map(([k, [a, b]]) => {
    if (Array.isArray(a) || Array.isArray(b)) return k;
    return `${k} ${value(a, 3)} → ${value(b, 3)}`;
  });
  return said.join(", ") + (changes.length > 2 ? `, ${changes.length - 2} more` : "");
}
