/** A grid over satiation with each topic, with the corners between which a point lies. */
export class SatiationGrid {
  /** How many points there are: steps ** topics. */
  readonly size: number;
  /** How many corners surround a point: 2 ** topics. */
  readonly corners: number;

  /**
   * @param steps - how many points each axis has, from 0 to `highest`.
   */
  constructor(
    readonly topics: number,
    readonly steps: number,
    readonly highest: number,
  ) {
    this.size = steps ** topics;
    this.corners = 2 ** topics;
  }

  /** Writes where a point of the grid is, `[topics]`. */
  locate(point: number, satiation: Float64Array): void {
    for (let topic = this.topics - 1, rest = point; topic >= 0; topic--) {
      satiation[topic] = ((rest % this.steps) * this.highest) / (this.steps - 1);
      rest = Math.floor(rest / this.steps);
    }
  }

  /** Writes the corners around `satiation` and their weights in a multilinear interpolation, from `start`. */
  surround(satiation: Float64Array, points: Int32Array, weights: Float64Array, start: number): void {
    points[start] = 0;
    weights[start] = 1;
    for (let topic = 0, count = 1; topic < this.topics; topic++, count *= 2) {
      const place = (satiation[topic]! / this.highest) * (this.steps - 1);
      const below = lowerPoint(place, this.steps);
      const share = Math.min(place - below, 1);
      for (let corner = start; corner < start + count; corner++) {
        const point = points[corner]! * this.steps + below;
        const weight = weights[corner]!;
        points[corner] = point;
        weights[corner] = weight * (1 - share);
        points[corner + count] = point + 1;
        weights[corner + count] = weight * share;
      }
    }
  }
}

/** The last point of an axis at or before `place` that has one after it. */
export function lowerPoint(place: number, steps: number): number {
  return Math.min(Math.floor(place), steps - 2);
}
