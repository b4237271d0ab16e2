import type { Surface } from "./plot";

/** Small strokes that several pictures share. All in CSS pixels. */

/** How strongly one of many thin lines is drawn, so that a crowd stays readable. */
export function faintness(many: number): number {
  return Math.min(0.65, Math.max(0.1, 2.2 / Math.sqrt(many)));
}

export function line(s: Surface, points: readonly { readonly x: number; readonly y: number }[]): void {
  const { ctx } = s;
  let pen = false;
  for (const p of points) {
    if (!Number.isFinite(p.y)) {
      pen = false;
      continue;
    }
    if (pen) ctx.lineTo(s.x(p.x), s.y(p.y));
    else ctx.moveTo(s.x(p.x), s.y(p.y));
    pen = true;
  }
}

export function dot(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}

export function cross(ctx: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  ctx.beginPath();
  ctx.moveTo(x - size, y - size);
  ctx.lineTo(x + size, y + size);
  ctx.moveTo(x - size, y + size);
  ctx.lineTo(x + size, y - size);
  ctx.stroke();
}

/** A line in a colour over a halo of the background, so that it reads on top of any crowd. */
export function bold(s: Surface, colour: string, width: number, trace: () => void): void {
  const { ctx } = s;
  ctx.setLineDash([]);
  ctx.globalAlpha = 0.85;
  ctx.strokeStyle = s.theme.surface;
  ctx.lineWidth = width + 3;
  ctx.beginPath();
  trace();
  ctx.stroke();
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  trace();
  ctx.stroke();
}

export function plain(s: Surface, colour: string, width: number, trace: () => void): void {
  const { ctx } = s;
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  trace();
  ctx.stroke();
}

/** The nearest of some places to the pointer, if within reach. */
export class Nearest<T> {
  found: T | null = null;
  private distance: number;

  constructor(reach: number) {
    this.distance = reach;
  }

  offer(distance: number, what: () => T): void {
    if (distance < this.distance) {
      this.distance = distance;
      this.found = what();
    }
  }
}
