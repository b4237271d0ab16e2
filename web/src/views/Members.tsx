import { useMemo, useState } from "preact/hooks";
import { NONE, number } from "../model/format";
import { page } from "../model/decisions";
import { standings } from "../model/standing";
import { useShared } from "./context";
import { Empty, Pager, Section } from "./parts";

const SIZE = 20;

export function MembersView() {
  const shared = useShared();
  const { history, unit, chosen } = shared;
  const all = useMemo(() => standings(history), [history]);
  const [at, setAt] = useState(0);
  const shown = page(all, at, SIZE);
  const groups = new Set(all.filter((r) => !r.member.control).map((r) => r.member.group ?? "all")).size > 1;
  if (all.length === 0) return <Section id="members" title="Members"><Empty>No member has been enrolled yet.</Empty></Section>;
  return (
    <Section id="members" title="Members" note="By latest score. A number in the first column holds on to that member’s lineage in every picture.">
      <div class="scroll" tabIndex={0} role="group" aria-label="Members">
        <table>
          <thead>
            <tr>
              <th scope="col" class="n">member</th><th scope="col" class="n">rank</th><th scope="col" class="n">{history.data.experiment.metric}</th>
              <th scope="col">status</th>{groups && <th scope="col">group</th>}
              <th scope="col" class="n">{unit.many}</th><th scope="col" class="n">lineage {unit.many}</th>
              <th scope="col" class="n">segments</th><th scope="col" class="n">copies taken</th><th scope="col" class="n">copies given</th>
            </tr>
          </thead>
          <tbody>
            {shown.items.map((r) => (
              <tr key={r.member.id} class={chosen?.member === r.member.id ? "chosen" : ""}>
                <td class="n">
                  {r.last === null
                    ? r.member.id
                    : (
                      <button type="button" class="link" aria-pressed={chosen?.member === r.member.id} onClick={() => shared.choose({ member: r.member.id, segment: r.last! })}>
                        {r.member.id}
                      </button>
                    )}
                </td>
                <td class="n">{r.rank ?? (r.member.control ? <span class="muted">control</span> : NONE)}</td>
                <td class="n">{number(r.score)}</td>
                <td>{r.member.status}{r.member.reason && <span class="muted">: {r.member.reason}</span>}</td>
                {groups && <td>{r.member.group ?? NONE}</td>}
                <td class="n">{number(r.member.step)}</td><td class="n">{number(r.member.lineageStep)}</td>
                <td class="n">{number(r.segments)}</td>
                <td class="n">{r.member.control ? NONE : number(r.copied)}</td><td class="n">{r.member.control ? NONE : number(r.gave)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager at={shown.at} pages={shown.pages} go={setAt} what="members" />
    </Section>
  );
}
