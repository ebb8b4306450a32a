import { cartWithPoles } from "../inverted-pendulum/body.js";

const POLE = { mass: 4.1987, radius: 0.045, length: 0.6 } as const;

/** Two poles, one on the other: Gymnasium's InvertedDoublePendulum (`inverted_double_pendulum.xml`, v5). */
export const invertedDoublePendulumBody = cartWithPoles({
  name: "inverted-double-pendulum",
  height: 1.5,
  reach: 1,
  maxForce: 500,
  damping: 0.05,
  poles: [POLE, POLE],
});
