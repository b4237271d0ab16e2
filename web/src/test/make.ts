import { historyOf, type History } from "../model/history";
import type { Decision, Experiment, Member, Node, Parameter, ReportData, Segment } from "../model/data";

/** Small experiments, written down segment by segment. */

export function segment(member: number, index: number, more: Partial<Segment> = {}): Segment {
  const start = more.startStep ?? (index - 1) * 10;
  return {
    member, index, origin: index === 1 ? "fresh" : "own", donor: null, from: index === 1 ? null : { member, segment: index - 1 },
    startStep: start, endStep: start + 10, lineageStart: start, lineageEnd: start + 10, values: { lr: 0.1 }, score: null, samples: null,
    copied: null, midway: null, failed: null, began: null, ended: null, timings: null, ...more,
  };
}

/** A segment that began with another member's weights. */
export function copy(member: number, index: number, from: Node, more: Partial<Segment> = {}): Segment {
  return segment(member, index, { origin: "copy", donor: from.member, from, ...more });
}

export function member(id: number, more: Partial<Member> = {}): Member {
  return { id, group: "all", control: false, status: "ended", reason: "budget", step: 0, lineageStep: 0, ...more };
}

export function parameter(name: string, more: Partial<Parameter> = {}): Parameter {
  return { name, scale: "linear", low: 0, high: 1, options: null, size: 0, when: null, ...more };
}

export function decision(position: number, more: Partial<Decision> = {}): Decision {
  return { position, member: 0, segment: 1, step: 10, rule: "truncation", outcome: "train", donor: null, because: null, over: null, changes: null, ...more };
}

export function data(segments: readonly Segment[], more: Partial<Omit<ReportData, "experiment">> & { experiment?: Partial<Experiment> } = {}): ReportData {
  const ids = [...new Set(segments.map((s) => s.member))];
  return {
    format: 1, parameters: [parameter("lr")], members: ids.map((id) => member(id)), segments, decisions: [], winner: null, lineage: [], finals: [], pictures: [], picturesNote: null,
    ...more,
    experiment: {
      id: "x", name: "x", metric: "score", mode: "max", unit: null, population: ids.length, seed: 1, created: null, status: "ended",
      ended: "budget", elapsed: 1, budget: null, settings: null, provenance: null, ...more.experiment,
    },
  };
}

export function history(segments: readonly Segment[], more: Parameters<typeof data>[1] = {}): History {
  return historyOf(data(segments, more));
}
