import { useCallback, useMemo } from "preact/hooks";
import { bold, dot, faintness, Nearest } from "../charts/ink";
import { FONT, Plot, type Hover, type Surface } from "../charts/plot";
import { count } from "../model/format";
import { lineageRanks, ranksOf, type RankLine } from "../model/ranks";
import { linear, niceTicks, padded } from "../model/scale";
import { walk } from "../model/walk";
import { useShared } from "./context";
import { Legend, Section } from "./parts";
import { describe, heirsKey, title } from "./words";

export function RanksView() {
  const shared = useShared();
  const { history, best, chain, unit } = shared;
  const ranks = useMemo(() => ranksOf(history), [history]);
  const { steps: grid, lines } = ranks;
  const n = lines.length;
  const last = useMemo(() => [...lines].filter((l) => (l.ranks.at(-1) ?? 0) > 0).sort((a, b) => a.ranks.at(-1)! - b.ranks.at(-1)!), [ranks]);
  const order = useMemo(() => last.map((l) => l.track.member.id), [last]);
  const [from, to] = useMemo(() => padded(grid[0] ?? 0, grid.at(-1) ?? 1, 0.015), [ranks]);
  const labelled = n <= 40;

  const draw = useCallback((s: Surface) => {
    const { ctx, theme } = s;
    const trace = (line: readonly number[]) => curve(s, grid, line);
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = theme.member;
    for (const l of lines) {
      ctx.globalAlpha = faintness(n) * (n > 60 ? 0.3 : 0.8);
      ctx.beginPath();
      trace(l.ranks);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
    if (best) bold(s, theme.winner, 2.6, () => trace(lineageRanks(ranks, best.chain)));
    if (chain.length > 0) bold(s, theme.chosen, 2.2, () => trace(lineageRanks(ranks, chain)));
    if (n <= 100) {
      ctx.fillStyle = theme.copy;
      for (const l of lines) {
        l.segments.forEach((q, i) => {
          if (q && q.origin === "copy" && q !== l.segments[i - 1]) dot(ctx, s.x(grid[i]!), s.y(-l.ranks[i]!), 2.4);
        });
      }
    }
    if (labelled) {
      ctx.font = FONT;
      ctx.textBaseline = "middle";
      for (const l of last) {
        const y = s.y(-l.ranks.at(-1)!);
        if (y < s.top || y > s.bottom) continue;
        ctx.fillStyle = l.track.member.id === best?.segment.member ? theme.winner : theme.muted;
        ctx.fillText(String(l.track.member.id), s.right + 6, y);
      }
    }
  }, [ranks, best, chain]);

  const hoverOf = useCallback((l: RankLine, i: number): Hover | null => {
    const q = l.segments[i];
    return q
      ? { x: grid[i]!, y: -l.ranks[i]!, title: title(shared, q), lines: [`rank ${l.ranks[i]} of ${n}`, ...describe(shared, q, "none")], node: { member: q.member, segment: q.index } }
      : null;
  }, [ranks]);

  const find = useCallback((px: number, py: number, s: Surface) => {
    const near = new Nearest<Hover | null>(24);
    let i = 0;
    for (let k = 1; k < grid.length; k++) if (Math.abs(s.x(grid[k]!) - px) < Math.abs(s.x(grid[i]!) - px)) i = k;
    for (const l of lines) if (l.ranks[i]! > 0) near.offer(Math.abs(s.y(-l.ranks[i]!) - py), () => hoverOf(l, i));
    return near.found;
  }, [ranks]);

  const overlay = useCallback((s: Surface, h: Hover) => {
    const l = lines.find((e) => e.track.member.id === h.node?.member);
    if (!l) return;
    bold(s, s.theme.ink, 1.8, () => curve(s, grid, l.ranks));
    s.ctx.fillStyle = s.theme.ink;
    dot(s.ctx, s.x(h.x), s.y(h.y), 4);
  }, [ranks]);

  if (n < 2 || last.length < 2) return null;
  return (
    <Section
      id="ranks" title="Ranks"
      note={<>Members in the order of their latest score, best on top{history.tracks.some((t) => t.member.control) ? "; controls are ranked apart and left out" : ""}. {labelled ? "The number at the right is the member." : ""}</>}
    >
      <Legend
        entries={[
          ...heirsKey(best),
          ...(chain.length > 0 ? [{ label: "chosen lineage", mark: "bold", colour: "chosen" } as const] : []),
          { label: count(n, "member"), mark: "line", colour: "member" },
          ...(n <= 100 ? [{ label: "first score after a copy", mark: "dot", colour: "copy" } as const] : []),
        ]}
      />
      <Plot
        height={Math.max(140, Math.min(460, n * 20 + 60))} roomRight={labelled ? 22 : 0} gridY={false}
        x={{ low: from, high: to, label: unit.many, ticks: linear.ticks }}
        y={{
          low: -(n + 0.6), high: -0.4, label: "rank",
          ticks: (low, high, most) => {
            const whole = niceTicks(Math.max(1, -high), Math.min(n, -low), most).filter((r) => Number.isInteger(r) && r >= 1);
            return [...new Set([...(high >= -1 ? [1] : []), ...whole.filter((r) => r > n / 25)])].map((r) => ({ at: -r, label: String(r) }));
          },
        }}
        summary={`The order of ${count(n, "member")} over ${unit.many}.`}
        draw={draw} find={find} overlay={overlay} onPick={(h) => shared.choose(h.node)}
        move={(at, d) => walk(history, order, at, d, best ? { member: best.segment.member, segment: best.segment.index } : null)}
        locate={(node) => {
          const l = lines.find((e) => e.track.member.id === node.member);
          const i = l ? l.segments.findIndex((q) => q?.index === node.segment) : -1;
          return l && i >= 0 ? hoverOf(l, i) : null;
        }}
      />
    </Section>
  );
}

/** Ranks over steps, level at each step; 0 is no rank. */
function curve(s: Surface, steps: readonly number[], ranks: readonly number[]): void {
  const { ctx } = s;
  let pen = false;
  ranks.forEach((r, i) => {
    if (r === 0) {
      pen = false;
      return;
    }
    const [x, y] = [s.x(steps[i]!), s.y(-r)];
    if (pen) {
      const middle = (s.x(steps[i - 1]!) + x) / 2;
      ctx.bezierCurveTo(middle, s.y(-ranks[i - 1]!), middle, y, x, y);
    } else {
      ctx.moveTo(x, y);
    }
    pen = true;
  });
}
