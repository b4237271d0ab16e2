import { useMemo, useState } from "preact/hooks";
import { page } from "../model/decisions";
import { mishaps } from "../model/failures";
import { count, number } from "../model/format";
import { useShared } from "./context";
import { Pager, Section } from "./parts";

const SIZE = 10;
/** As many members as a line names one by one. */
const NAMED = 12;

export function FailuresView() {
  const { history, unit, choose } = useShared();
  const all = useMemo(() => mishaps(history), [history]);
  const [at, setAt] = useState(0);
  if (all.length === 0) return null;
  const shown = page(all, at, SIZE);
  const times = all.reduce((sum, m) => sum + m.times, 0);
  return (
    <Section id="failures" title="Failures" note={<>{count(times, "segment")} of {number(history.data.segments.length)} failed. A member that fails tries again, copies another or begins anew; the decisions say which.</>}>
      <div class="scroll" tabIndex={0} role="group" aria-label="Failures">
        <table class="failures">
          <thead>
            <tr><th scope="col" class="n">times</th><th scope="col">what</th><th scope="col">members</th><th scope="col">first</th></tr>
          </thead>
          <tbody>
            {shown.items.map((m) => (
              <tr key={m.what}>
                <td class="n">{number(m.times)}</td>
                <td class="said">{m.what}</td>
                <td>{m.members.length <= NAMED ? m.members.join(", ") : count(m.members.length, "member")}</td>
                <td>
                  <button type="button" class="link" onClick={() => choose({ member: m.first.member, segment: m.first.segment })}>
                    member {m.first.member}, segment {m.first.segment}
                  </button>{" "}
                  <span class="muted">from {unit.one} {number(m.first.step)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager at={shown.at} pages={shown.pages} go={setAt} what="failures" />
    </Section>
  );
}
