/**
 * What the page reads: the JSON that `clade report` writes into `<script type="application/json" id="data">`.
 * `null` means absent. Order within the lists carries no meaning unless said. Numbers that JSON cannot hold
 * (NaN, infinities) are written as null.
 */

/** A hyperparameter's value: a number, a choice's word, a switch, or a vector of numbers. */
export type Value = number | string | boolean | null | readonly (number | null)[];

export interface Experiment {
  readonly id: string;
  readonly name: string;
  /** What members are ranked by. */
  readonly metric: string;
  readonly mode: "max" | "min";
  /** A label for what the trainer counts: step, epoch, frame. */
  readonly unit: string | null;
  readonly population: number;
  readonly seed: number | string | null;
  /** ISO 8601. */
  readonly created: string | null;
  /** finals: candidates are being measured afresh. unfinished: it runs, or can be resumed. */
  readonly status: "unfinished" | "finals" | "ended" | "moved";
  /** Why it ended: budget, target, time, operator ... */
  readonly ended: string | null;
  /** Seconds on the running clock, summed over resumes. */
  readonly elapsed: number | null;
  /** The budget in words, as the file gave it: `20000 steps`. */
  readonly budget: string | null;
  /** The settings as an experiment file would say them, secrets masked. */
  readonly settings: string | null;
  /** Versions, as whoever created it gave them. */
  readonly provenance: Readonly<Record<string, string>> | null;
}

export interface Parameter {
  readonly name: string;
  /** `complement`: drawn and moved as 1-x on a logarithmic scale (a momentum). */
  readonly scale: "linear" | "log" | "complement" | "choice";
  readonly low: number | null;
  readonly high: number | null;
  /** The words of a choice, in order. */
  readonly options: readonly (string | number | boolean)[] | null;
  /** 0 for a single value, else the number of elements of a vector. */
  readonly size: number;
  /** When it is active, in words; null: always. */
  readonly when: string | null;
}

export interface Member {
  readonly id: number;
  /** The sub-population it belongs to; `all` where there is one. */
  readonly group: string | null;
  /** Neither donor nor recipient, ranked apart. */
  readonly control: boolean;
  /** undecided, failed, decided, running, paused, waiting, ended. */
  readonly status: string;
  /** Why it is over, or how its last segment failed. */
  readonly reason: string | null;
  /** Its own counter, which never goes back. */
  readonly step: number;
  /** What its present weights have seen. */
  readonly lineageStep: number | null;
}

/** Seconds spent on each phase of one segment. */
export type Timings = Readonly<Partial<Record<Phase, number | null>>>;

export const PHASES = ["train", "evaluate", "save", "load", "decide", "wait"] as const;
export type Phase = (typeof PHASES)[number];

/** What one member does between two decisions. */
export interface Segment {
  readonly member: number;
  /** 1 for a member's first. (member, index) is unique. */
  readonly index: number;
  /** Where its weights came from: the member itself, a donor, or nowhere. */
  readonly origin: "own" | "copy" | "fresh";
  readonly donor: number | null;
  /** The segment that saved the weights it began with; null where they are fresh. */
  readonly from: Node | null;
  /** The member's own counter. */
  readonly startStep: number;
  readonly endStep: number;
  /** What the weights have seen. */
  readonly lineageStart: number | null;
  readonly lineageEnd: number | null;
  /** The hyperparameters in force, by name; an inactive one is absent. */
  readonly values: Readonly<Record<string, Value>>;
  /** The mean of the metric at the end of the segment; null while it runs, or where it failed. */
  readonly score: number | null;
  /** The readings behind the score. */
  readonly samples: readonly number[] | null;
  /** The score measured right after a copy, before any training. */
  readonly copied: number | null;
  /** Scores on the way, by the member's own counter, in order. */
  readonly midway: readonly { readonly step: number; readonly score: number | null }[] | null;
  /** Why it failed, if it did. */
  readonly failed: string | null;
  /** When it ran, in seconds of the running clock: from its first start to its outcome. */
  readonly began: number | null;
  readonly ended: number | null;
  readonly timings: Timings | null;
}

export interface Decision {
  /** Its place in the event log. */
  readonly position: number;
  readonly member: number;
  /** The segment that it followed; 0 at enrolment. */
  readonly segment: number;
  readonly step: number;
  /** The rule that decided: truncation, t_test, ... */
  readonly rule: string;
  readonly outcome: "train" | "copy" | "stop" | "fresh" | "wait";
  readonly donor: number | null;
  /** The facts the rule went by. */
  readonly because: Readonly<Record<string, string | number | null>> | null;
  /** The members that were compared, where they are few. */
  readonly over: readonly number[] | null;
  /** Hyperparameters that moved: before and after. */
  readonly changes: Readonly<Record<string, readonly [Value, Value]>> | null;
}

/** Fresh readings, all together. */
export interface Reading {
  /** null: it diverged, or was not measured. */
  readonly mean: number | null;
  /** The 95 % interval of the mean, where there are two readings or more. */
  readonly low: number | null;
  readonly high: number | null;
  readonly samples: number;
}

export interface Winner {
  readonly member: number;
  readonly segment: number;
  /** Something is still to be measured. */
  readonly provisional: boolean;
  readonly score: Reading;
  /** The metric measured once, on the winner, that no decision ever saw. */
  readonly report: (Reading & { readonly metric: string }) | null;
  /** The digest of its checkpoint. */
  readonly checkpoint: string | null;
  readonly lineageStep: number | null;
}

/** One segment of one member. */
export interface Node {
  readonly member: number;
  readonly segment: number;
}

/** One that was measured afresh at the end. */
export interface Candidate extends Node {
  readonly control: boolean;
  /** The score that made it a candidate. */
  readonly before: number | null;
  readonly score: Reading | null;
}

/** What the trainer drew of the winner's model. */
export interface Picture {
  /** Of its file, without `.png`. */
  readonly name: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** The file in base64; null: it could not be read. */
  readonly png: string | null;
}

export interface ReportData {
  readonly format: 1;
  readonly experiment: Experiment;
  readonly parameters: readonly Parameter[];
  readonly members: readonly Member[];
  readonly segments: readonly Segment[];
  readonly decisions: readonly Decision[];
  readonly winner: Winner | null;
  /** The segments that trained the winner's weights, newest first; empty: the page folds it from the segments. */
  readonly lineage: readonly Node[];
  /** What was measured afresh at the end. */
  readonly finals: readonly Candidate[];
  /** By name. */
  readonly pictures: readonly Picture[];
  /** Why pictures are missing, some or all. */
  readonly picturesNote: string | null;
}

/** The word that stands where the data will be, in a page nobody has filled. */
const UNFILLED = "/*";

/** Reads the data element's text. Throws an Error whose message may be shown. */
export function parseReport(text: string): ReportData {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.startsWith(UNFILLED)) {
    throw new Error("This page holds no data. `clade report EXPERIMENT` writes one that does.");
  }
  let raw: unknown;
  try {
    raw = JSON.parse(trimmed);
  } catch (e) {
    throw new Error(`The data in this page is not JSON: ${(e as Error).message}`);
  }
  if (!isObject(raw)) throw new Error("The data in this page is not a JSON object.");
  if (raw["format"] !== 1) {
    throw new Error(`The data in this page has format ${JSON.stringify(raw["format"])}. This page reads format 1.`);
  }
  const experiment = raw["experiment"];
  if (!isObject(experiment)) throw new Error("The data in this page names no experiment.");
  return {
    format: 1,
    experiment: experiment as unknown as Experiment,
    parameters: list(raw, "parameters"),
    members: list(raw, "members"),
    segments: list<Segment>(raw, "segments").map((s) => ({ ...s, values: bare(s.values) })),
    decisions: list(raw, "decisions"),
    winner: isObject(raw["winner"]) ? (raw["winner"] as unknown as Winner) : null,
    lineage: list(raw, "lineage"),
    finals: list(raw, "finals"),
    pictures: list(raw, "pictures"),
    picturesNote: typeof raw["picturesNote"] === "string" ? raw["picturesNote"] : null,
  };
}

function list<T>(raw: Record<string, unknown>, name: string): readonly T[] {
  const found = raw[name];
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found)) throw new Error(`The data in this page has ${name} that are not a list.`);
  return found as T[];
}

/** Values without the names that every object inherits: a hyperparameter may be called `constructor`. */
function bare(values: Segment["values"] | undefined): Segment["values"] {
  return Object.assign(Object.create(null) as Record<string, Value>, values);
}

function isObject(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}
