import { number } from "../model/format";
import { niceTicks, padded } from "../model/scale";
import type { Arm, ComparisonData, Ink } from "./data";
import { interval, signed } from "./Page";

const [WIDTH, LEFT, RIGHT, ROW, TOP, BOTTOM] = [920, 170, 24, 28, 26, 40];

/** Differences to the first arm: a dot and its interval for each, and small dots for the seeds. */
export function Forest({ data, ink }: { data: ComparisonData; ink: ReadonlyMap<string, Ink> }) {
  const arms = data.arms.filter((a) => a.versus);
  if (arms.length === 0) return null;
  const ends = arms.flatMap((a) => {
    const d = a.versus!.difference;
    return [d.value, d.low ?? d.value, d.high ?? d.value, ...seeds(a, data)];
  });
  const [low, high] = padded(Math.min(0, ...ends), Math.max(0, ...ends), 0.04);
  const x = (v: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (v - low)) / (high - low);
  const height = TOP + ROW * arms.length + BOTTOM;
  const bottom = height - BOTTOM;
  const right = data.score.mode === "max";
  return (
    <figure>
      <h3>Differences to {data.first}</h3>
      <p class="note small">The large dot and the bar are the difference and its 95 % interval: where the bar crosses the line at 0, the arms are not told apart. Small dots are single seeds.</p>
      <div class="scroll">
        <svg
          class="forest" viewBox={`0 0 ${WIDTH} ${height}`} role="img"
          aria-label={arms.map((a) => `${a.name}: ${signed(a.versus!.difference.value)}, interval ${interval(a.versus!.difference)}`).join("; ")}
        >
          <g class="axis">
            {niceTicks(low, high, 8).map((t) => (
              <g key={t}>
                <path d={`M${x(t)} ${TOP} V${bottom}`} />
                <text x={x(t)} y={bottom + 16} text-anchor="middle">{t === 0 ? "0" : signed(Number(t.toPrecision(6)))}</text>
              </g>
            ))}
            <text x={(LEFT + WIDTH - RIGHT) / 2} y={bottom + 33} text-anchor="middle">{data.score.name} minus that of {data.first}</text>
            <text x={x(0) + (right ? 8 : -8)} y={14} text-anchor={right ? "start" : "end"}>{right ? "better →" : "← better"}</text>
          </g>
          <path d={`M${x(0)} ${TOP - 6} V${bottom}`} style={{ stroke: "var(--ink)" }} stroke-width="1.2" />
          {arms.map((a, i) => {
            const y = TOP + ROW * (i + 0.5);
            const d = a.versus!.difference;
            const { series, dashed } = ink.get(a.name)!;
            const colour = { stroke: `var(--series-${series})` };
            return (
              <g key={a.name}>
                <text x={LEFT - 14} y={y + 4} text-anchor="end">{a.name.length > 22 ? `${a.name.slice(0, 21)}…` : a.name}</text>
                {d.low !== null && d.high !== null && (
                  <path d={`M${x(d.low)} ${y} H${x(d.high)} M${x(d.low)} ${y - 5} V${y + 5} M${x(d.high)} ${y - 5} V${y + 5}`} style={{ ...colour, fill: "none" }} stroke-width="2" stroke-dasharray={dashed ? "5 3" : undefined} />
                )}
                {seeds(a, data).map((v, k) => <circle key={k} cx={x(v)} cy={y} r="2.2" style={{ fill: "var(--muted)" }} opacity="0.7" />)}
                <circle cx={x(d.value)} cy={y} r="5.5" style={{ fill: `var(--series-${series})`, stroke: "var(--surface)" }} stroke-width="1.5" />
                <title>{`${a.name}: ${signed(d.value)}, 95 % interval ${interval(d)}, ${number(d.samples)} seeds`}</title>
              </g>
            );
          })}
        </svg>
      </div>
    </figure>
  );
}

/** The differences of single seeds. */
function seeds(arm: Arm, data: ComparisonData): number[] {
  const first = new Map(data.arms.find((a) => a.name === data.first)?.scores.map((s) => [s.seed, s.value]));
  return arm.scores.flatMap((s) => (first.has(s.seed) ? [s.value - first.get(s.seed)!] : []));
}
