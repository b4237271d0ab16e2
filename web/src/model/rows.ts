import type { History } from "./history";

/**
 * An order of members in which copies cross few rows: members that exchange weights come to lie side by side.
 * Each round puts every member at the mean place of those it exchanged with; the best order met is kept.
 */
export function rowOrder(history: History, rounds = 40): number[] {
  const ids = history.tracks.map((t) => t.member.id);
  const index = new Map(ids.map((id, i) => [id, i]));
  const weights = ids.map(() => new Map<number, number>());
  for (const s of history.data.segments) {
    if (s.origin !== "copy" || s.donor === null || s.donor === s.member) continue;
    const a = index.get(s.member);
    const b = index.get(s.donor);
    if (a === undefined || b === undefined) continue;
    weights[a]!.set(b, (weights[a]!.get(b) ?? 0) + 1);
    weights[b]!.set(a, (weights[b]!.get(a) ?? 0) + 1);
  }
  const linked = ids.map((_, i) => i).filter((i) => weights[i]!.size > 0);
  const alone = ids.map((_, i) => i).filter((i) => weights[i]!.size === 0);
  let order = linked;
  let best = order;
  let bestCost = cost(order, weights);
  for (let round = 0; round < rounds; round++) {
    const place = placeOf(order, ids.length);
    const aim = new Map(order.map((i) => {
      let sum = place[i]!;
      let total = 1;
      for (const [j, w] of weights[i]!) {
        sum += w * place[j]!;
        total += w;
      }
      return [i, sum / total];
    }));
    order = [...order].sort((a, b) => aim.get(a)! - aim.get(b)! || a - b);
    const now = cost(order, weights);
    if (now < bestCost) [best, bestCost] = [order, now];
  }
  const improved = ids.length <= 300 ? swapped(best, weights) : best;
  return [...improved, ...alone].map((i) => ids[i]!);
}

function placeOf(order: readonly number[], n: number): number[] {
  const place = new Array<number>(n).fill(0);
  order.forEach((i, at) => (place[i] = at));
  return place;
}

/** The total height that copies climb. */
function cost(order: readonly number[], weights: readonly Map<number, number>[]): number {
  const place = placeOf(order, weights.length);
  let sum = 0;
  for (const i of order) for (const [j, w] of weights[i]!) sum += w * Math.abs(place[i]! - place[j]!);
  return sum / 2;
}

/** Swaps neighbours, and neighbours of neighbours, as long as that shortens the climb. */
function swapped(start: readonly number[], weights: readonly Map<number, number>[]): number[] {
  const order = [...start];
  const place = placeOf(order, weights.length);
  const pull = (i: number, skip: number) => {
    let sum = 0;
    for (const [j, w] of weights[i]!) if (j !== skip) sum += w * Math.abs(place[i]! - place[j]!);
    return sum;
  };
  for (let pass = 0, moved = true; moved && pass < 60; pass++) {
    moved = false;
    for (const gap of [1, 2, 3, 5]) {
      for (let at = 0; at + gap < order.length; at++) {
        const [a, b] = [order[at]!, order[at + gap]!];
        const before = pull(a, b) + pull(b, a);
        [place[a], place[b]] = [place[b]!, place[a]!];
        if (pull(a, b) + pull(b, a) < before - 1e-9) {
          [order[at], order[at + gap]] = [b, a];
          moved = true;
        } else {
          [place[a], place[b]] = [place[b]!, place[a]!];
        }
      }
    }
  }
  return order;
}
