import type { ComponentChildren } from "preact";

export function Section(props: { id: string; title: string; note?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section id={props.id} aria-labelledby={`${props.id}-title`}>
      <h2 id={`${props.id}-title`}>{props.title}</h2>
      {props.note && <p class="note">{props.note}</p>}
      {props.children}
    </section>
  );
}

export type Mark = "line" | "bold" | "dashed" | "dotted" | "dot" | "cross" | "jump" | "step";

/** A key to a picture. Entries with `set` are switches. */
export function Legend(props: { entries: readonly LegendEntry[] }) {
  return (
    <ul class="legend">
      {props.entries.map((e) => (
        <li key={e.label}>
          {e.set
            ? (
              <button type="button" aria-pressed={e.on !== false} onClick={() => e.set!(e.on === false)}>
                <Swatch mark={e.mark} colour={e.colour} />{e.label}
              </button>
            )
            : <span><Swatch mark={e.mark} colour={e.colour} />{e.label}</span>}
        </li>
      ))}
    </ul>
  );
}

export interface LegendEntry {
  readonly label: string;
  readonly mark: Mark;
  /** The name of a colour of the style sheet. */
  readonly colour: string;
  readonly on?: boolean;
  readonly set?: (on: boolean) => void;
}

function Swatch({ mark, colour }: { mark: Mark; colour: string }) {
  const ink = { stroke: `var(--${colour})`, fill: "none" };
  const full = { fill: `var(--${colour})` };
  return (
    <svg class="swatch" width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">
      {mark === "line" && <path d="M1 9 L8 5 L14 6 L21 3" style={ink} stroke-width="1.2" />}
      {mark === "bold" && <path d="M1 9 L8 5 L14 6 L21 3" style={ink} stroke-width="2.6" />}
      {mark === "step" && <path d="M1 9 H8 V6 H15 V3 H21" style={ink} stroke-width="1.4" />}
      {mark === "dashed" && <path d="M1 6 H21" style={ink} stroke-width="1.6" stroke-dasharray="5 3" />}
      {mark === "dotted" && <path d="M1 6 H21" style={ink} stroke-width="1.6" stroke-dasharray="1.5 2.5" />}
      {mark === "dot" && <circle cx="11" cy="6" r="3.4" style={full} />}
      {mark === "cross" && <path d="M7 2 L15 10 M7 10 L15 2" style={ink} stroke-width="1.8" />}
      {mark === "jump" && <g><path d="M6 11 L14 4" style={ink} stroke-width="1.1" stroke-dasharray="2 1.5" /><circle cx="15" cy="3.5" r="2.8" style={full} /></g>}
    </svg>
  );
}

/** One of a few. */
export function Switch(props: { what: string; options: readonly (readonly [boolean, string])[]; value: boolean; set(value: boolean): void }) {
  return (
    <span class="switch" role="group" aria-label={props.what}>
      {props.options.map(([value, word]) => (
        <button type="button" key={word} aria-pressed={props.value === value} onClick={() => props.set(value)}>{word}</button>
      ))}
    </span>
  );
}

export function Facts(props: { facts: readonly (readonly [string, ComponentChildren] | null)[] }) {
  return (
    <dl class="facts">
      {props.facts.map((f) => f && <div key={f[0]}><dt>{f[0]}</dt><dd>{f[1]}</dd></div>)}
    </dl>
  );
}

export function Empty(props: { children: ComponentChildren }) {
  return <p class="empty">{props.children}</p>;
}

export function Pager(props: { at: number; pages: number; go(at: number): void; what: string }) {
  if (props.pages <= 1) return null;
  return (
    <div class="pager" role="group" aria-label={`Pages of ${props.what}`}>
      <button type="button" disabled={props.at === 0} onClick={() => props.go(0)} aria-label="First page">«</button>
      <button type="button" disabled={props.at === 0} onClick={() => props.go(props.at - 1)} aria-label="Previous page">‹</button>
      <span aria-live="polite">page {props.at + 1} of {props.pages}</span>
      <button type="button" disabled={props.at >= props.pages - 1} onClick={() => props.go(props.at + 1)} aria-label="Next page">›</button>
      <button type="button" disabled={props.at >= props.pages - 1} onClick={() => props.go(props.pages - 1)} aria-label="Last page">»</button>
    </div>
  );
}
