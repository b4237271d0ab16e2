import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Curves } from "../model/curves";
import type { Node, Segment } from "../model/data";
import type { History } from "../model/history";
import type { Best } from "../model/lineage";
import type { units } from "../model/format";

/** What every view sees. */
export interface Shared {
  readonly history: History;
  readonly curves: Curves;
  readonly best: Best | undefined;
  readonly unit: ReturnType<typeof units>;
  /** Members so that those who exchange weights are neighbours. */
  readonly rows: readonly number[];
  /** The segment that the reader holds on to, and its ancestry, newest first. */
  readonly chosen: Node | null;
  readonly chain: readonly Segment[];
  choose(node: Node | null): void;
}

export const SharedContext = createContext<Shared>(null as unknown as Shared);
export const useShared = (): Shared => useContext(SharedContext);
