/** The colours in force, as the style sheet gives them: charts draw with what the page around them has. */
export interface Theme {
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly surface: string;
  readonly member: string;
  readonly control: string;
  readonly winner: string;
  readonly chosen: string;
  readonly copy: string;
  readonly fail: string;
  /** Told apart by people of every kind of colour vision (Okabe and Ito), tuned for the background. */
  readonly series: readonly string[];
  readonly dark: boolean;
}

let current: Theme | undefined;
const listeners = new Set<() => void>();

export function theme(): Theme {
  return (current ??= read());
}

/** Calls back, at once and not a frame later, when light turns dark or the page goes to a printer. */
export function onTheme(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(): void {
  current = undefined;
  for (const l of [...listeners]) l();
}

export function watchTheme(): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  addEventListener("beforeprint", () => {
    document.documentElement.dataset["print"] = "";
    changed();
  });
  addEventListener("afterprint", () => {
    delete document.documentElement.dataset["print"];
    changed();
  });
}

export const printing = (): boolean => "print" in document.documentElement.dataset;

function read(): Theme {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: get("ink"), muted: get("muted"), grid: get("grid"), surface: get("surface"), member: get("member"),
    control: get("control"), winner: get("winner"), chosen: get("chosen"), copy: get("copy"), fail: get("fail"),
    series: Array.from({ length: 8 }, (_, i) => get(`series-${i}`)), dark: get("dark") === "1",
  };
}

/** Viridis without its ends, from low to high. */
const RAMP: readonly (readonly [number, number, number])[] = [
  [68, 24, 100], [70, 51, 127], [61, 78, 138], [49, 104, 142], [38, 130, 142], [31, 155, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [240, 229, 60],
];

/** A colour for 0 (worst) to 1 (best). The best stands out from the background, so dark paper turns the ramp round. */
export function ramp(t: number): string {
  const u = Math.min(1, Math.max(0, theme().dark ? t : 1 - t)) * (RAMP.length - 1);
  const i = Math.min(RAMP.length - 2, Math.floor(u));
  const [a, b] = [RAMP[i]!, RAMP[i + 1]!];
  const mix = (k: 0 | 1 | 2) => Math.round(a[k] + (b[k] - a[k]) * (u - i));
  return `rgb(${mix(0)} ${mix(1)} ${mix(2)})`;
}
