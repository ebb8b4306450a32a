import type { Random } from "../../random.js";

/**
 * Standard normal numbers for a policy's own distribution, each kept for some decisions of an agent. A new one every time
 * is averaged away by whatever must be pushed for a while (Raffin et al. 2022, arXiv 2005.05719, section 1).
 */
export function createDraws(steps: number, agents: number, actions: number, random: Random): NoiseProcess {
  const kept = new Float64Array(agents * actions);
  const decisionsLeft = new Uint32Array(agents * actions);
  return {
    next: (agent, action) => {
      const i = agent * actions + action;
      if (decisionsLeft[i] === 0) {
        kept[i] = random.normal();
        decisionsLeft[i] = steps;
      }
      decisionsLeft[i]!--;
      return kept[i]!;
    },
    restart: (agent) => {
      decisionsLeft.fill(0, agent * actions, (agent + 1) * actions);
    },
  };
}

/** Noise that is added to the actions of a policy that draws none itself; actions reach from −1 to 1. */
export interface ActionNoise {
  readonly kind: "gaussian" | "ornstein-uhlenbeck";
  /** Of the noise in one decision; of an Ornstein–Uhlenbeck process, what is added to it in each. */
  readonly std: number;
}

/** One number for each action of each agent. */
export interface NoiseProcess {
  next(agent: number, action: number): number;
  /** The agent's episode has ended. */
  restart(agent: number): void;
}

/** Rate at which an Ornstein–Uhlenbeck process goes back to 0, per decision (Lillicrap et al. 2016, section 7). */
const THETA = 0.15;

export function createNoise({ kind, std }: ActionNoise, agents: number, actions: number, random: Random): NoiseProcess {
  if (kind === "gaussian") return { next: () => std * random.normal(), restart: () => {} };
  // x ← x − θ x + σ ε: noise that lasts, for bodies whose inertia would average it away (Uhlenbeck and Ornstein 1930).
  const x = new Float64Array(agents * actions);
  return {
    next: (agent, action) => {
      const i = agent * actions + action;
      x[i]! += -THETA * x[i]! + std * random.normal();
      return x[i]!;
    },
    restart: (agent) => {
      x.fill(0, agent * actions, (agent + 1) * actions);
    },
  };
}
