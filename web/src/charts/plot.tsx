import { useEffect, useRef, useState } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Node } from "../model/data";
import type { Tick } from "../model/scale";
import type { Direction } from "../model/walk";
import { onTheme, printing, theme, type Theme } from "./theme";

/** What a picture is drawn on, in CSS pixels. */
export interface Surface {
  readonly ctx: CanvasRenderingContext2D;
  readonly theme: Theme;
  x(value: number): number;
  y(value: number): number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** The values at the left and right edge. */
  readonly from: number;
  readonly to: number;
}

/** What the pointer is on. */
export interface Hover {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly lines: readonly string[];
  readonly node: Node | null;
  /** Which of several lines of one node. */
  readonly element?: number;
}

export interface AxisSpec {
  readonly low: number;
  readonly high: number;
  readonly label?: string | undefined;
  ticks(low: number, high: number, count: number): Tick[];
}

export interface PlotProps {
  readonly height: number;
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Said to those who cannot see it. */
  readonly summary: string;
  readonly gridY?: boolean;
  /** Room kept free at the right, for labels of lines. */
  readonly roomRight?: number;
  draw(surface: Surface): void;
  overlay?(surface: Surface, hover: Hover): void;
  find?(x: number, y: number, surface: Surface): Hover | null;
  onPick?(hover: Hover): void;
  /** The way of the arrow keys, and where a node lies. */
  move?(from: Node | null, direction: Direction): Node | null;
  locate?(node: Node): Hover | null;
}

const KEYS: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
export const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';
const PRINT_WIDTH = 690;

/**
 * One picture: axes, zoom by dragging and a pointer from uPlot; everything inside the frame is drawn by its owner.
 * That keeps a thousand members as cheap as their points, whatever steps they reported at.
 */
export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [hover, setHover] = useState<Hover | null>(null);
  const [zoomed, setZoomed] = useState(false);
  const live = useRef<{ u: uPlot; reset(): void; point(h: Hover | null): void } | null>(null);
  const hovered = useRef<Hover | null>(null);

  useEffect(() => {
    const host = box.current!;
    const view = { x: [props.x.low, props.x.high], y: [props.y.low, props.y.high] } as Record<"x" | "y", [number, number]>;
    let zoom = false;
    const overlay = document.createElement("canvas");
    overlay.className = "overlay";
    let down: [number, number] | null = null;

    const surface = (u: uPlot, ctx: CanvasRenderingContext2D): Surface => {
      const r = uPlot.pxRatio;
      const { left, top, width, height } = u.bbox;
      const [x0, x1] = [u.scales["x"]!.min!, u.scales["x"]!.max!];
      const [y0, y1] = [u.scales["y"]!.min!, u.scales["y"]!.max!];
      const [l, t, w, h] = [left / r, top / r, width / r, height / r];
      return {
        ctx, theme: theme(), left: l, top: t, right: l + w, bottom: t + h, from: x0, to: x1,
        x: (v) => l + ((v - x0) / (x1 - x0)) * w,
        y: (v) => t + h - ((v - y0) / (y1 - y0)) * h,
      };
    };
    const inside = (u: uPlot, ctx: CanvasRenderingContext2D, paint: (s: Surface) => void) => {
      const s = surface(u, ctx);
      ctx.save();
      ctx.setTransform(uPlot.pxRatio, 0, 0, uPlot.pxRatio, 0, 0);
      ctx.beginPath();
      ctx.rect(s.left, s.top - 3, s.right - s.left + 3 + (latest.current.roomRight ?? 0), s.bottom - s.top + 6);
      ctx.clip();
      ctx.lineJoin = "round";
      paint(s);
      ctx.restore();
    };
    const paintOverlay = () => {
      const u = live.current?.u;
      if (!u) return;
      const r = uPlot.pxRatio;
      if (overlay.width !== u.ctx.canvas.width || overlay.height !== u.ctx.canvas.height) {
        overlay.width = u.ctx.canvas.width;
        overlay.height = u.ctx.canvas.height;
        overlay.style.width = `${overlay.width / r}px`;
        overlay.style.height = `${overlay.height / r}px`;
      }
      const ctx = overlay.getContext("2d")!;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, overlay.width, overlay.height);
      const h = hovered.current;
      if (h && latest.current.overlay) inside(u, ctx, (s) => latest.current.overlay!(s, h));
    };
    const point = (h: Hover | null) => {
      hovered.current = h;
      setHover(h);
      paintOverlay();
    };
    const apply = (u: uPlot) => {
      u.batch(() => {
        u.setScale("x", { min: view.x[0], max: view.x[1] });
        u.setScale("y", { min: view.y[0], max: view.y[1] });
      });
      setZoomed(zoom);
      point(null);
    };
    const reset = () => {
      const { x, y } = latest.current;
      view.x = [x.low, x.high];
      view.y = [y.low, y.high];
      zoom = false;
      if (live.current) apply(live.current.u);
    };
    const wide = () => Math.max(200, printing() ? Math.min(PRINT_WIDTH, host.clientWidth) : host.clientWidth);
    const marks = (which: "x" | "y", space: number) => (u: uPlot) => {
      const size = (which === "x" ? u.bbox.width : u.bbox.height) / uPlot.pxRatio;
      const s = u.scales[which]!;
      return latest.current[which].ticks(s.min!, s.max!, Math.max(2, Math.floor(size / space)));
    };
    const axis = (which: "x" | "y", space: number): uPlot.Axis => {
      const at = marks(which, space);
      return {
        scale: which, font: FONT, labelFont: FONT, stroke: () => theme().muted, gap: 4, labelGap: 2, labelSize: 16,
        ...(latest.current[which].label ? { label: latest.current[which].label! } : {}),
        grid: { show: which === "x" || latest.current.gridY !== false, stroke: () => theme().grid, width: 1 },
        ticks: { show: false },
        splits: (u) => at(u).map((t) => t.at),
        values: (u) => at(u).map((t) => t.label),
        ...(which === "x"
          ? { size: 22 }
          : {
            size: (u: uPlot) => {
              const widest = Math.max(1, ...at(u).map((t) => t.label.length));
              return Math.min(120, Math.max(26, widest * 6.4 + 10));
            },
          }),
      };
    };
    const u = new uPlot(
      {
        width: wide(), height: props.height, pxAlign: 0, padding: [8, 12 + (props.roomRight ?? 0), 0, 2],
        legend: { show: false },
        cursor: {
          x: false, y: false, points: { show: false }, drag: { x: true, y: true, uni: 24, dist: 6, setScale: false },
          bind: { dblclick: () => () => (reset(), null) },
        },
        scales: {
          x: { time: false, range: () => view.x },
          y: { range: () => view.y },
        },
        series: [{}, { show: true, stroke: "transparent", points: { show: false } }],
        axes: [axis("x", 70), axis("y", 34)],
        hooks: {
          draw: [(u) => {
            inside(u, u.ctx, (s) => latest.current.draw(s));
            paintOverlay();
          }],
          setSelect: [(u) => {
            const { left, top, width, height } = u.select;
            if (width < 6 && height < 6) return;
            const x: [number, number] = [u.posToVal(left, "x"), u.posToVal(left + width, "x")];
            const y: [number, number] = [u.posToVal(top + height, "y"), u.posToVal(top, "y")];
            if (width >= 6) view.x = x;
            if (height >= 6 && y[1] > y[0]) view.y = y;
            zoom = true;
            u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            apply(u);
          }],
        },
      },
      [[view.x[0], view.x[1]], [null, null]],
      host,
    );
    u.root.querySelector(".u-wrap")!.append(overlay);
    live.current = { u, reset, point };

    const over = u.over;
    const place = (e: MouseEvent): [number, number] => {
      const r = over.getBoundingClientRect();
      return [e.clientX - r.left + u.bbox.left / uPlot.pxRatio, e.clientY - r.top + u.bbox.top / uPlot.pxRatio];
    };
    const onMove = (e: MouseEvent) => {
      const p = latest.current;
      if (!p.find || (e.buttons & 1) !== 0) return;
      const [x, y] = place(e);
      point(p.find(x, y, surface(u, u.ctx)));
    };
    const onLeave = () => point(null);
    const onDown = (e: MouseEvent) => (down = [e.clientX, e.clientY]);
    const onClick = (e: MouseEvent) => {
      if (!down || Math.hypot(e.clientX - down[0], e.clientY - down[1]) > 4) return;
      onMove(e);
      if (hovered.current?.node) latest.current.onPick?.(hovered.current);
    };
    over.addEventListener("mousemove", onMove);
    over.addEventListener("mouseleave", onLeave);
    over.addEventListener("mousedown", onDown);
    over.addEventListener("click", onClick);
    const fit = () => {
      const width = wide();
      if (width !== u.width || latest.current.height !== u.height) u.setSize({ width, height: latest.current.height });
    };
    const sizes = new ResizeObserver(fit);
    sizes.observe(host);
    const off = onTheme(() => {
      fit();
      u.redraw(false, true);
    });
    return () => {
      off();
      sizes.disconnect();
      u.destroy();
      live.current = null;
    };
    // Labels and the frame are set once; what changes goes through `latest`.
  }, [props.x.label, props.y.label, props.gridY]);

  // A new range shows the whole of it; anything else only draws again.
  useEffect(() => live.current?.reset(), [props.x.low, props.x.high, props.y.low, props.y.high]);
  useEffect(() => {
    const u = live.current?.u;
    if (!u) return;
    if (u.height !== props.height) u.setSize({ width: u.width, height: props.height });
    else u.redraw(false, true);
  }, [props.draw, props.height]);

  const onKey = (e: KeyboardEvent) => {
    const direction = KEYS[e.key];
    if (direction && props.move && props.locate && !e.altKey && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      const node = props.move(hovered.current?.node ?? null, direction);
      live.current?.point(node && props.locate(node));
    } else if (e.key === "Enter" && hovered.current?.node) {
      props.onPick?.(hovered.current);
    } else if (e.key === "Escape") {
      live.current?.reset();
    }
  };

  const u = live.current?.u;
  const at = hover && u ? spot(u, hover) : null;
  return (
    <div class="plot">
      <div
        ref={box} class="frame" tabIndex={0} role="group" aria-roledescription="chart" aria-label={props.summary}
        onKeyDown={onKey} onBlur={() => live.current?.point(null)} style={{ minHeight: `${props.height}px` }}
      />
      {zoomed && <button type="button" class="reset" onClick={() => live.current?.reset()}>Reset zoom</button>}
      {at && hover && (
        <div class="tip" role="status" style={at}>
          <strong>{hover.title}</strong>
          {hover.lines.map((line, i) => <div key={i}>{line}</div>)}
        </div>
      )}
    </div>
  );
}

/** Beside the point, on the side with more room. */
function spot(u: uPlot, hover: Hover): Record<string, string> {
  const left = u.valToPos(hover.x, "x") + u.bbox.left / uPlot.pxRatio;
  const top = u.valToPos(hover.y, "y") + u.bbox.top / uPlot.pxRatio;
  const wide = u.width;
  const side: Record<string, string> = left > wide / 2
    ? { right: `${Math.max(0, wide - left + 12)}px`, maxWidth: `${Math.max(140, left - 16)}px` }
    : { left: `${Math.max(0, left + 12)}px`, maxWidth: `${Math.max(140, wide - left - 16)}px` };
  if (top > u.height / 2) side["bottom"] = `${Math.max(0, u.height - top - 10)}px`;
  else side["top"] = `${Math.max(0, top - 10)}px`;
  return side;
}
