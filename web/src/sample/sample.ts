import type { Candidate, Decision, Member, Node, Parameter, ReportData, Segment, Value } from "../model/data";

export interface SampleOptions {
  readonly population?: number;
  readonly controls?: number;
  /** Ready points up to the budget. */
  readonly segments?: number;
  readonly every?: number;
  readonly seed?: number;
  /** How much of the budget is spent; below 1 the experiment is still running. */
  readonly progress?: number;
  /** The chance that a segment fails. */
  readonly failures?: number;
  readonly name?: string;
  readonly mode?: "max" | "min";
}

const PARAMETERS: readonly Parameter[] = [
  { name: "lr", scale: "log", low: 1e-5, high: 1e-1, options: null, size: 0, when: null },
  { name: "momentum", scale: "complement", low: 0.5, high: 0.999, options: null, size: 0, when: null },
  { name: "dropout", scale: "linear", low: 0, high: 0.5, options: null, size: 4, when: null },
  { name: "label_smoothing", scale: "linear", low: 0, high: 0.3, options: null, size: 0, when: null },
  { name: "batch_size", scale: "log", low: 16, high: 512, options: null, size: 0, when: null },
  { name: "optimizer", scale: "choice", low: null, high: null, options: ["adam", "rmsprop", "sgd"], size: 0, when: null },
];

/** A generator that gives the same numbers everywhere (mulberry32). */
export function randomness(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Six circles, 24 by 16 pixels, in PNG. */
const CIRCLES = "iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAAAAAApT+BJAAAAJUlEQVR42mNgIAL8/w+loAw0gf//YTJoAkRI4DQKt+XkgyHgDwCeqId519E0PgAAAABJRU5ErkJggg==";

type Facts = Record<string, string | number | null>;

interface Live {
  clock: number;
  loss: number;
  values: Record<string, Value>;
  lineage: number;
  score: number | null;
  last: Segment | null;
  stopped: boolean;
  next: { origin: Segment["origin"]; donor: number | null; from: Node | null; copied: number | null };
}

/**
 * An experiment as it might have been: PBT by truncation on a toy whose best learning rate falls as it learns.
 * No clock and no ambient randomness: equal options give equal data.
 */
export function sample(options: SampleOptions = {}): ReportData {
  const {
    population = 16, controls = 2, segments: rounds = 40, every = 500, seed = 7, progress = 1, failures = 0.004,
    name = "digits-pbt", mode = "max",
  } = options;
  const random = randomness(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const sign = mode === "max" ? 1 : -1;
  const scoreOf = (loss: number) => (mode === "max" ? 1 - loss : loss);
  const total = rounds * every;
  const done = Math.round(rounds * progress);

  const draw = (p: Parameter): Value => {
    if (p.scale === "choice") return String(p.options![Math.floor(random() * p.options!.length)]);
    const one = () => {
      const u = random();
      if (p.scale === "log") return p.low! * (p.high! / p.low!) ** u;
      if (p.scale === "complement") return 1 - (1 - p.low!) * ((1 - p.high!) / (1 - p.low!)) ** u;
      return p.low! + u * (p.high! - p.low!);
    };
    if (p.size > 0) return Array.from({ length: p.size }, one);
    return p.name === "batch_size" ? Math.round(one()) : one();
  };
  const move = (p: Parameter, v: Value): Value => {
    if (random() < 0.1) return draw(p);
    if (p.scale === "choice") return v;
    const one = (x: number) => {
      const f = random() < 0.5 ? 0.8 : 1.25;
      if (p.scale === "log") return Math.min(p.high!, Math.max(p.low!, x * f));
      if (p.scale === "complement") return Math.min(p.high!, Math.max(p.low!, 1 - (1 - x) * f));
      const width = (p.high! - p.low!) * 0.1;
      return Math.min(p.high!, Math.max(p.low!, x + (f > 1 ? width : -width)));
    };
    if (Array.isArray(v)) return v.map((x) => one(x as number));
    return p.name === "batch_size" ? Math.round(one(v as number)) : one(v as number);
  };

  const train = (live: Live, id: number) => {
    const v = live.values;
    const t = Math.min(1, live.lineage / total);
    const lr = Math.log10(v["lr"] as number);
    const momentum = -Math.log10(1 - (v["momentum"] as number));
    const batch = Math.log2(v["batch_size"] as number);
    const drops = v["dropout"] as number[];
    const off =
      ((lr + 1.8 + 1.9 * t) / 0.75) ** 2 +
      ((momentum - 1.2) / 1.3) ** 2 +
      drops.reduce((a, d, i) => a + ((d - 0.08 - 0.09 * i * t) / 0.35) ** 2, 0) / 4 +
      (((v["label_smoothing"] as number) - 0.12 * (1 - t)) / 0.25) ** 2 +
      ((batch - 5 - 2 * t) / 4) ** 2 +
      (v["optimizer"] === "adam" ? 0 : v["optimizer"] === "rmsprop" ? 0.2 : 0.7);
    const rate = 5.2 * Math.exp(-0.5 * off) / rounds;
    const heat = Math.max(0, lr + 1.4 + 1.9 * t);
    const floor = 0.035 + 0.05 * Math.min(8, off) / 8 + 0.25 * heat;
    live.loss += (floor - live.loss) * (1 - Math.exp(-rate)) + 0.0015 * gauss() * live.loss;
    live.loss = Math.max(0.02, live.loss);
    return random() < failures * (1 + 6 * heat) && id % 3 !== 0;
  };

  const lives: Live[] = Array.from({ length: population }, () => ({
    loss: 0.86 + 0.04 * random(),
    values: Object.fromEntries(PARAMETERS.map((p) => [p.name, draw(p)])),
    lineage: 0, score: null, last: null, stopped: false, clock: 0,
    next: { origin: "fresh", donor: null, from: null, copied: null },
  }));
  const controlFrom = population - Math.min(controls, Math.max(0, population - 1));
  const isControl = (id: number) => id >= controlFrom;
  const measure = (loss: number) => {
    const samples = Array.from({ length: 5 }, () => scoreOf(Math.min(0.97, loss * (1 + 0.05 * gauss()) + 0.003 * gauss())));
    return { samples: samples.map(round), score: round(samples.reduce((a, b) => a + b, 0) / samples.length) };
  };

  const segments: Segment[] = [];
  const decisions: Decision[] = [];
  let position = population + 1;
  for (let round0 = 0; round0 < done; round0++) {
    const order = lives.map((_, i) => i);
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const id of order) {
      const live = lives[id]!;
      if (live.stopped) continue;
      // Where the experiment still runs, some members are a round behind.
      if (progress < 1 && round0 === done - 1 && random() < 0.5) continue;
      const start = live.last?.endStep ?? 0;
      const failed = train(live, id) && live.last !== null;
      const seen = measure(live.loss);
      const seconds = every * 0.011 * (1 + 0.08 * gauss());
      const segment: Segment = {
        member: id, index: (live.last?.index ?? 0) + 1, ...live.next,
        startStep: start, endStep: start + (failed ? Math.round(every * random()) : every),
        lineageStart: live.lineage, lineageEnd: live.lineage + every,
        values: live.values, score: failed ? null : seen.score, samples: failed ? null : seen.samples,
        midway: null, failed: failed ? "diverged: the loss became NaN" : null, began: round(live.clock), ended: round(live.clock + seconds * 1.1),
        timings: {
          wait: round(live.last ? 0.06 * random() : 1.5 * random()), load: live.next.origin === "own" ? 0.01 : round(0.05 + 0.05 * random()),
          train: round(seconds), evaluate: round(seconds * 0.03), save: round(0.05 + 0.03 * random()), decide: 0.002,
        },
      };
      segments.push(segment);
      live.last = segment;
      live.clock += seconds * 1.1 + 0.3 * random();
      live.lineage += every;
      live.score = segment.score;
      position += 2;

      const ranked = lives.map((l, i) => ({ i, score: l.score }))
        .filter((e) => e.score !== null && !isControl(e.i))
        .sort((a, b) => sign * (b.score! - a.score!) || a.i - b.i);
      const share = Math.max(1, Math.floor(ranked.length * 0.2));
      const rank = ranked.findIndex((e) => e.i === id);
      const because: Facts = { score: seen.score, rank: `${rank + 1} of ${ranked.length}`, top: `the best ${share}`, bottom: `the worst ${share}` };
      const decide = (outcome: Decision["outcome"], more: Partial<Decision> = {}, why: Facts = {}) => {
        decisions.push({
          position, member: id, segment: segment.index, step: segment.endStep, rule: isControl(id) ? "control" : "truncation",
          outcome, donor: null, because: { ...because, ...why }, over: null, changes: null, ...more,
        });
      };
      live.next = { origin: "own", donor: null, from: { member: id, segment: segment.index }, copied: null };
      if (failed) {
        const top = ranked.slice(0, share).map((e) => e.i).filter((i) => i !== id);
        if (top.length === 0) {
          live.stopped = true;
          decide("stop", { rule: "failure" }, { rank: null, score: null, failed: segment.failed });
          continue;
        }
        copy(id, top[Math.floor(random() * top.length)]!, { rank: null, score: null, failed: segment.failed }, "failure");
        continue;
      }
      if (round0 === rounds - 1) {
        decide("stop", { rule: "budget" }, { budget: `${total} steps` });
        live.stopped = true;
      } else if (isControl(id)) {
        decide("train", {}, { rank: null, top: null, bottom: null, note: "a control member goes its own way" });
      } else if (ranked.length >= 5 && rank >= ranked.length - share) {
        const top = ranked.slice(0, share).map((e) => e.i);
        copy(id, top[Math.floor(random() * top.length)]!, {}, "truncation");
      } else {
        decide("train");
      }

      function copy(to: number, donorId: number, why: Facts, rule: string): void {
        const donor = lives[donorId]!;
        const recipient = lives[to]!;
        recipient.loss = donor.loss;
        recipient.lineage = donor.lineage;
        const before = recipient.values;
        recipient.values = Object.fromEntries(PARAMETERS.map((p) => [p.name, move(p, donor.values[p.name]!)]));
        recipient.next = { origin: "copy", donor: donorId, from: { member: donorId, segment: donor.last!.index }, copied: measure(donor.loss).score };
        recipient.score = recipient.next.copied;
        const changes = Object.fromEntries(PARAMETERS.map((p) => [p.name, [before[p.name]!, recipient.values[p.name]!] as const]));
        decide("copy", { donor: donorId, rule, changes }, { donor: `member ${donorId}, score ${round(donor.score ?? 0)}`, ...why });
      }
    }
  }

  const ended = progress >= 1;
  const members: Member[] = lives.map((l, id) => ({
    id, group: "all", control: isControl(id),
    status: l.last?.failed && l.stopped ? "failed" : ended ? "ended" : id % 4 === 1 ? "waiting" : "running",
    reason: l.last?.failed && l.stopped ? l.last.failed : ended ? "budget" : null,
    step: l.last?.endStep ?? 0, lineageStep: l.lineage,
  }));

  const candidates = lives.map((l, i) => ({ l, i })).filter(({ l, i }) => l.last && l.score !== null && !isControl(i));
  const top = candidates.sort((a, b) => sign * (b.l.score! - a.l.score!)).slice(0, 5).sort((a, b) => a.l.loss - b.l.loss)[0];
  const byNode = new Map(segments.map((s) => [`${s.member}/${s.index}`, s]));
  const lineage: Node[] = [];
  for (let s = top?.l.last ?? undefined; s;) {
    lineage.push({ member: s.member, segment: s.index });
    s = s.from ? byNode.get(`${s.from.member}/${s.from.segment}`) : undefined;
  }
  const fresh = (m: number) => ({ mean: m, low: round(m - 0.0041), high: round(m + 0.0041), samples: 10 });
  const controlled = lives.map((l, i) => ({ l, i })).filter(({ l, i }) => isControl(i) && l.score !== null).sort((a, b) => sign * (b.l.score! - a.l.score!));
  const finals: Candidate[] = [...candidates.slice(0, 5), ...controlled.slice(0, 1)].map(({ l, i }) => ({
    member: i, segment: l.last!.index, control: isControl(i), before: l.score, score: fresh(round(scoreOf(l.loss))),
  }));
  const mean = top ? round(scoreOf(top.l.loss)) : 0;
  const elapsed = Math.round(Math.max(4, ...lives.map((l) => l.clock)));
  return {
    format: 1,
    experiment: {
      id: "0f3a9c", name, metric: mode === "max" ? "accuracy" : "loss", mode, unit: "step", population, seed, created: "2026-11-24T09:12:00Z",
      status: ended ? "ended" : "unfinished", ended: ended ? "budget" : null,
      elapsed,
      budget: `${total} steps`, settings: settings(name, population, controls, total, every, seed, mode),
      provenance: { clade: "0.1.0", java: "25.0.3", os: "Linux amd64" },
    },
    parameters: PARAMETERS, members, segments, decisions,
    winner: ended && top ? {
      member: top.i, segment: top.l.last!.index, provisional: false,
      score: fresh(mean),
      report: { metric: "test_accuracy", ...fresh(round(scoreOf(top.l.loss + 0.008))) },
      checkpoint: "9b74c9897bac770ffc029102a200c5de6c1f5b2e4d3a07f8b1e94c55d8a0e3f1", lineageStep: top.l.lineage,
    } : null,
    lineage: ended ? lineage : [],
    finals: ended ? finals : [],
    pictures: ended ? [{ name: "01-circles", width: 24, height: 16, png: CIRCLES }] : [],
    picturesNote: ended ? "Left out, since they are no PNG files with plain names: notes.txt." : null,
  };
}

/** The start of an experiment: members are enrolled, nothing has ended. */
export function sampleEmpty(): ReportData {
  const data = sample({ segments: 40, progress: 0 });
  return { ...data, members: data.members.map((m) => ({ ...m, status: "waiting", step: 0, lineageStep: 0 })) };
}

function round(x: number): number {
  return Math.round(x * 1e5) / 1e5;
}

function settings(name: string, population: number, controls: number, total: number, every: number, seed: number, mode: string): string {
  return `name: ${name}
metric: ${mode === "max" ? "accuracy" : "loss"}
mode: ${mode}
report: {metric: test_accuracy, mode: max}    # measured once, on the winner
population: ${population}
budget: {steps: ${total}}
ready: {every: ${every}}
evaluate: {repeats: 5}
exploit: {truncation: 0.2}
explore: {perturb: [0.8, 1.25], resample: 0.1}
control: ${controls}
parameters:
  lr:              {loguniform: [1e-5, 1e-1]}
  momentum:        {loguniform: [0.5, 0.999], of: 1-x}
  dropout:         {uniform: [0, 0.5], size: 4}
  label_smoothing: {uniform: [0, 0.3]}
  batch_size:      {logint: [16, 512]}
  optimizer:       {choice: [adam, rmsprop, sgd], change: rebuild}
trainer: {command: "python train.py --lr \${lr} <&>"}
store: sqlite:///clade.db
seed: ${seed}
`;
}
