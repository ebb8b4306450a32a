import { describe, expect, it, onTestFinished } from "vitest";
import { Random } from "../../../src/random.js";
import { ThreadExplorerCrew } from "../../../src/train/offPolicy/crew.js";
import { initialSacState, sacLayout } from "../../../src/train/sac/state.js";
import { startNodeThread } from "../../../src/workers/nodeThread.js";

const layout = sacLayout({ observationSize: 3, actionSize: 1, activation: "relu", hidden: [8] });
const { parameters } = initialSacState(layout, { initialStd: 0.5, initialAlpha: 1, random: new Random(1) });
const actor = parameters.slice(0, layout.actorSize);

async function startAsync(seed: number) {
  const said: string[] = [];
  const module = new URL("../../support/envs/faultyEnv.ts?task=pendulum", import.meta.url).href;
  const crew = new ThreadExplorerCrew({
    startThread: () => startNodeThread(new URL("../../support/envWorker.ts", import.meta.url)),
    workers: 2,
    env: { module, agents: 3, rewards: {}, parameters: {} },
    layout,
    exploration: { kind: "policy", steps: 1 },
    observationClip: 10,
    steps: 4,
    say: (text) => said.push(text),
  });
  onTestFinished(() => crew.dispose());
  await crew.startAsync(new Random(seed));
  return { crew, said };
}

describe("a crew of threads that explore", () => {
  it("collects, the same for the same seed, and goes on where it stopped", async () => {
    const runs = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const { crew } = await startAsync(seed);
        return [
          await crew.exploreAsync({ actor: null, normalizer: null }),
          await crew.exploreAsync({ actor, normalizer: null }),
        ];
      }),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).not.toEqual(runs[0]);
    const [random, policy] = runs[0]!;
    expect(random!.map(({ first, steps }) => [first, steps.length])).toEqual([
      [true, 4],
      [true, 4],
    ]);
    expect(policy!.map(({ first }) => first)).toEqual([false, false]);
    const [worker] = policy!;
    expect(worker!.steps[0]!.observations).toEqual(random![0]!.steps[3]!.nextObservations);
    expect(worker!.steps[0]!.rewards.length).toBe(3);
    // Two workers do not see the same.
    expect(policy![1]!.steps[0]!.observations).not.toEqual(worker!.steps[0]!.observations);
  });

  it("replaces a worker that is lost, whose successor begins anew", async () => {
    const { crew, said } = await startAsync(1);
    await crew.exploreAsync({ actor, normalizer: null });
    crew.kill(1);
    const experience = await crew.exploreAsync({ actor, normalizer: null });
    expect(experience.map(({ first }) => first)).toEqual([false, true]);
    expect(said).toEqual([
      "Worker 2 of 2 was lost (it was killed); its fragment is dropped and another worker replaces it.",
    ]);
  });
});
