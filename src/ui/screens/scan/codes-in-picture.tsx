import type { SeenCode, SeenCodes } from "../../../usecases/abilities.ts";

type Corners = NonNullable<SeenCode["corners"]>;

const middleOf = (corners: Corners): Corners[number] => ({
  x: corners.reduce((sum, { x }) => sum + x, 0) / corners.length,
  y: corners.reduce((sum, { y }) => sum + y, 0) / corners.length,
});

/** A picture with a numbered frame around each code; the list beside it says what they are. */
export const CodesInPicture = ({
  picture,
  frames,
}: {
  readonly picture: NonNullable<SeenCodes["picture"]>;
  readonly frames: readonly Corners[];
}) => {
  const { width, height } = picture;
  const badge = Math.max(width, height) / 24;
  const draw = (canvas: HTMLCanvasElement | null): void =>
    canvas?.getContext("2d")?.drawImage(picture, 0, 0);
  return (
    <div class="scan-choice">
      <canvas ref={draw} width={width} height={height} />
      <svg viewBox={`0 0 ${width} ${height}`} class="scan-seen" aria-hidden="true">
        {frames.map((corners, index) => {
          if (corners.length === 0) return undefined;
          const { x, y } = middleOf(corners);
          return (
            <g key={index}>
              <polygon points={corners.map((at) => `${at.x * width},${at.y * height}`).join(" ")} />
              <circle cx={x * width} cy={y * height} r={badge} />
              <text x={x * width} y={y * height} font-size={badge * 1.3}>
                {index + 1}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
};
