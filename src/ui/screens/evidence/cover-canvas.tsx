import type { Signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";

import type { Area } from "../../../domain/evidence.ts";

type Point = { readonly x: number; readonly y: number };

const share = (value: number, of: number): number => Math.min(1, Math.max(0, value / of));

const pointOf = (event: PointerEvent, canvas: HTMLCanvasElement): Point => {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { x: share(event.clientX - left, width), y: share(event.clientY - top, height) };
};

const between = (a: Point, b: Point): Area => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

/** A touch without a drag covers nothing. */
const isDrawn = ({ width, height }: Area): boolean => width > 0.01 && height > 0.01;

const paint = (canvas: HTMLCanvasElement, picture: ImageBitmap, cover: readonly Area[]): void => {
  const { width, height } = picture;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.drawImage(picture, 0, 0);
  context.fillStyle = "#000";
  for (const area of cover)
    context.fillRect(area.x * width, area.y * height, area.width * width, area.height * height);
};

/** The photo with what will be painted over; dragging a finger across it adds a part. */
export const CoverCanvas = ({
  picture,
  cover,
  label,
}: {
  readonly picture: ImageBitmap;
  readonly cover: Signal<readonly Area[]>;
  readonly label: string;
}) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  const from = useRef<Point | undefined>(undefined);
  const draw = (areas: readonly Area[]): void => {
    if (canvas.current !== null) paint(canvas.current, picture, areas);
  };
  const drawn = cover.value;
  useLayoutEffect(() => draw(drawn), [picture, drawn]);
  const areaTo = (event: PointerEvent): Area | undefined =>
    canvas.current === null || from.current === undefined
      ? undefined
      : between(from.current, pointOf(event, canvas.current));
  const end = (event: PointerEvent): void => {
    const area = areaTo(event);
    from.current = undefined;
    if (area !== undefined && isDrawn(area)) cover.value = [...cover.peek(), area];
    else draw(cover.peek());
  };
  return (
    <canvas
      ref={canvas}
      class="ev-cover"
      aria-label={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = pointOf(event, event.currentTarget);
      }}
      onPointerMove={(event) => {
        const area = areaTo(event);
        if (area !== undefined) draw([...cover.peek(), area]);
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        from.current = undefined;
        draw(cover.peek());
      }}
    />
  );
};
