import type { RewardRow, RunStatus, RunSummary, StudioClient, StudioState } from "../../../src/studio/client.js";
import { type MetricRecord, measureTag, REWARD_TAG_PREFIX, TAGS } from "../../../src/train/log/metrics.js";

const term = (name: string, weight: number, more: Partial<RewardRow> = {}): RewardRow => ({
  name,
  weight,
  enabled: true,
  preset: weight,
  kind: "scene",
  summary: `What ${name} measures, 1.`,
  code: null,
  fault: null,
  ...more,
});

const run = (id: string, scene: string, gait: string | null, status: RunStatus, steps: number): RunSummary => ({
  id,
  scene,
  gait,
  trainer: "ppo",
  seed: 1,
  steps,
  maxSteps: 2_000_000,
  status,
  return: steps / 1000,
  startedAt: Date.now() - 60_000 * 7,
  parent: null,
});

const CAST: readonly (readonly [name: string, gaits: readonly string[], summary: string])[] = [
  ["hopper", [], "One leg, three torques, a plane to live in: hop forward without falling."],
  ["walker", ["walk", "run", "march", "crouch", "sideStep"], "Two legs and arms: walk, run or march as it is told."],
  ["ant", ["trot", "bound"], "Four legs with two joints each: run forward."],
  ["half-cheetah", [], "A flat cheetah: run as fast as it can."],
  ["humanoid", [], "A whole body with 17 torques: walk upright."],
  ["crawler", ["trot", "bound"], "Four legs: go where it is told."],
  ["worm", [], "Three joints: crawl."],
  ["swimmer", [], "Three links in a fluid."],
  ["acrobot", [], "Two links, one torque: swing up."],
  ["cart-pole", [], "Keep a pole upright."],
  ["mountain-car", [], "Out of a valley by swinging."],
];

const CODE = `(state) => {
  const { feet } = state;
  let sum = 0;
  for (let i = 0; i < feet.count; i++) sum += feet.clearence(i);
  return sum;
}`;

/** A client that only notes what it is asked for; a page can show it without any training. */
export class FakeStudio implements StudioClient {
  readonly calls: (readonly unknown[])[] = [];
  state: StudioState = {
    scenes: CAST.map(([name, gaits, summary], i) => ({ name, gaits, summary, hasModel: i < 6 })),
    scene: "walker",
    gait: "walk",
    run: null,
    runs: [
      run("b", "walker", "walk", "stopped", 812_000),
      run("c", "walker", "run", "solved", 1_460_000),
      run("d", "hopper", null, "failed", 3_000),
    ],
    rewards: [
      term("alive", 1),
      term("forwardSpeed", 4, { preset: 2.5 }),
      term("upright", 0.5),
      term("effort", -0.002),
      term("actionRate", -0.05, { enabled: false }),
      term("airTime", 0.8, { preset: null, kind: "library" }),
      term("lift", 0.3, {
        preset: null,
        kind: "code",
        code: CODE,
        fault: { term: "lift", line: 4, message: "feet.clearence is not a function" },
      }),
    ],
    library: ["airTime", "clearance", "contactForce", "flight", "headHeight", "jointLimits", "power", "symmetry"].map(
      (name) => ({ name, summary: `How much ${name} there is in each step, 1.` }),
    ),
    canUndo: true,
    canRedo: false,
    backend: null,
    notices: [],
  };
  private readonly log = new Map<string, MetricRecord[]>();
  private readonly onChange = new Set<() => void>();
  private readonly onRecords = new Set<() => void>();

  constructor() {
    this.grow("b", 240, 0.8);
    this.grow("c", 400, 1.15);
  }

  set(change: Partial<StudioState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.onChange) listener();
  }

  /** Adds records to a run as a training would. */
  grow(run: string, count: number, talent = 1): void {
    const before = this.log.get(run) ?? [];
    const added = Array.from({ length: count }, (_, i) => fakeRecord(before.length + i, talent, this.state.rewards));
    this.log.set(run, [...before, ...added]);
    for (const listener of this.onRecords) listener();
  }

  subscribe(onChange: () => void): () => void {
    this.onChange.add(onChange);
    return () => this.onChange.delete(onChange);
  }

  records(run: string): readonly MetricRecord[] {
    return this.log.get(run) ?? NONE;
  }

  subscribeRecords(onChange: () => void): () => void {
    this.onRecords.add(onChange);
    return () => this.onRecords.delete(onChange);
  }

  train(): void {
    this.note("train");
    this.set({
      run: "a",
      runs: [run("a", "walker", "walk", "running", 0), ...this.state.runs.filter(({ id }) => id !== "a")],
      backend: "wasm (the page found no graphics adapter)",
    });
  }

  pause(): void {
    this.note("pause");
    this.setStatus("paused");
  }

  resume(): void {
    this.note("resume");
    this.setStatus("running");
  }

  stop(): void {
    this.note("stop");
    this.setStatus("stopped");
  }

  setWeight(term: string, weight: number): void {
    this.note("setWeight", term, weight);
    this.change(term, { weight });
  }

  setEnabled(term: string, enabled: boolean): void {
    this.note("setEnabled", term, enabled);
    this.change(term, { enabled });
  }

  applyCode(term: string, code: string): void {
    this.note("applyCode", term, code);
    this.change(term, { code, fault: null });
  }

  openRun(run: string): void {
    this.note("openRun", run);
    this.set({ run });
  }

  deleteRun(run: string): void {
    this.note("deleteRun", run);
    this.set({ runs: this.state.runs.filter(({ id }) => id !== run) });
  }

  dismissNotice(id: number): void {
    this.note("dismissNotice", id);
    this.set({ notices: this.state.notices.filter((notice) => notice.id !== id) });
  }

  readonly selectScene = (scene: string) => this.note("selectScene", scene);
  readonly selectGait = (gait: string | null) => this.note("selectGait", gait);
  readonly fork = (run: string) => this.note("fork", run);
  readonly downloadRun = (run: string) => this.note("downloadRun", run);
  readonly importRun: StudioClient["importRun"] = (files) => this.note("importRun", files);
  readonly addTerm = (name: string) => this.note("addTerm", name);
  readonly addCode = () => this.note("addCode");
  readonly renameTerm = (term: string, name: string) => this.note("renameTerm", term, name);
  readonly removeTerm = (term: string) => this.note("removeTerm", term);
  readonly undo = () => this.note("undo");
  readonly redo = () => this.note("redo");
  readonly resetToPreset = () => this.note("resetToPreset");
  readonly exportPolicy = () => this.note("exportPolicy");

  private note(...call: readonly unknown[]): void {
    this.calls.push(call);
  }

  private setStatus(status: RunStatus): void {
    this.set({ runs: this.state.runs.map((run) => (run.id === this.state.run ? { ...run, status } : run)) });
  }

  private change(term: string, to: Partial<RewardRow>): void {
    this.set({ rewards: this.state.rewards.map((row) => (row.name === term ? { ...row, ...to } : row)) });
  }
}

const NONE: readonly MetricRecord[] = [];

function fakeRecord(i: number, talent: number, rewards: readonly RewardRow[]): MetricRecord {
  const noise = (amount: number) => (Math.random() - 0.5) * amount;
  const progress = 1 - Math.exp((-i * talent) / 120);
  const terms = rewards.map(({ name, weight }, k): [string, number] => [
    `${REWARD_TAG_PREFIX}${name}`,
    Math.sign(weight) * (0.2 + 0.15 * k) * (progress + noise(0.12)),
  ]);
  return {
    step: i * 5120,
    wallSeconds: i * 2.1,
    values: {
      [TAGS.return]: 900 * talent * progress + noise(90),
      [TAGS.episodeLength]: 400 * progress + noise(40),
      [TAGS.approximateKl]: 0.012 + noise(0.008),
      [TAGS.entropy]: 1.4 - 2 * progress + noise(0.05),
      [TAGS.valueLoss]: 0.4 * Math.exp(-i / 60) + 0.1 + noise(0.05),
      [TAGS.stepsPerSecond]: 2400 + noise(500),
      [measureTag("forwardSpeed")]: 1.3 * progress + noise(0.1),
      [measureTag("survived")]: progress,
      [measureTag("cadence")]: 1.9 + noise(0.2),
      [measureTag("dutyFactor")]: 0.6 + noise(0.05),
      ...Object.fromEntries(terms),
    },
  };
}
