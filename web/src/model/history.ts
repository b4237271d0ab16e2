import type { Member, Node, ReportData, Segment } from "./data";

/** One member and what it did, in order. */
export interface Track {
  readonly member: Member;
  readonly segments: readonly Segment[];
}

/** The data, indexed. Everything else on the page is a fold over this. */
export interface History {
  readonly data: ReportData;
  /** By member id. */
  readonly tracks: readonly Track[];
  readonly firstStep: number;
  readonly lastStep: number;
  /** True where `a` is the better score. */
  better(a: number, b: number): boolean;
  track(member: number): Track | undefined;
  segment(node: Node): Segment | undefined;
  /** The segment whose weights this one began with. */
  parent(segment: Segment): Segment | undefined;
}

export function historyOf(data: ReportData): History {
  const members = new Map<number, Member>();
  for (const m of data.members) members.set(m.id, m);
  const lists = new Map<number, Segment[]>();
  for (const id of members.keys()) lists.set(id, []);
  let firstStep = Infinity;
  let lastStep = -Infinity;
  for (const s of data.segments) {
    let found = lists.get(s.member);
    if (!found) lists.set(s.member, (found = []));
    found.push(s);
    firstStep = Math.min(firstStep, s.startStep);
    lastStep = Math.max(lastStep, s.endStep);
  }
  if (firstStep > lastStep) [firstStep, lastStep] = [0, 1];
  // Nothing has finished yet: a picture needs some width.
  if (firstStep === lastStep) lastStep = firstStep + 1;
  const byNode = new Map<number, Map<number, Segment>>();
  const tracks = [...lists.keys()].sort((a, b) => a - b).map((id): Track => {
    const segments = lists.get(id)!.sort((a, b) => a.index - b.index);
    byNode.set(id, new Map(segments.map((s) => [s.index, s])));
    return { member: members.get(id) ?? unlisted(id, segments), segments };
  });
  const byId = new Map(tracks.map((t) => [t.member.id, t]));
  const max = data.experiment.mode !== "min";
  const segment = (node: Node) => byNode.get(node.member)?.get(node.segment);

  return {
    data, tracks, firstStep, lastStep, segment,
    better: (a, b) => (max ? a > b : a < b),
    track: (member) => byId.get(member),
    parent: (s) => (s.from ? segment(s.from) : undefined),
  };
}

function unlisted(id: number, segments: readonly Segment[]): Member {
  const last = segments.at(-1);
  return {
    id, group: null, control: false, status: "unknown", reason: null,
    step: last?.endStep ?? 0, lineageStep: last?.lineageEnd ?? null,
  };
}

export const nodeOf = (s: Segment): Node => ({ member: s.member, segment: s.index });

/** The last score that was measured on a member, if any. */
export function lastScore(track: Track): number | null {
  for (let i = track.segments.length - 1; i >= 0; i--) {
    const s = track.segments[i]!;
    if (s.score !== null) return s.score;
    if (s.copied !== null) return s.copied;
  }
  return null;
}

/** The scored segment with the best reading; ties go to the lower member, then the earlier segment. */
export function bestSegment(history: History, among: (track: Track) => boolean): Segment | undefined {
  let best: Segment | undefined;
  for (const track of history.tracks) {
    if (!among(track)) continue;
    for (const s of track.segments) {
      if (s.score !== null && (!best || history.better(s.score, best.score!))) best = s;
    }
  }
  return best;
}
