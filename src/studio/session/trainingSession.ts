import { NullEngine } from "@babylonjs/core/Engines/nullEngine.js";
import { Scene } from "@babylonjs/core/scene.js";
import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import type { AgentEnv } from "../../env/agentEnv.js";
import { createSceneEnv, describeScene } from "../../env/sceneEnv.js";
import type { EnvChanges } from "../../env/vectorEnv.js";
import { policyToOnnx } from "../../export/policyToOnnx.js";
import { verifyExport } from "../../export/verifyExport.js";
import type { RewardSettings } from "../../task/resolve.js";
import type { RewardFault } from "../../task/rewards/code.js";
import type { SceneDefinition } from "../../task/scene.js";
import { decodeCheckpoint, encodeCheckpoint } from "../../train/checkpoint.js";
import { formatTrainerConfig } from "../../train/config/trainerConfig.js";
import { createTrainerAsync } from "../../train/createTrainer.js";
import { CurriculumProgress, constantParameters } from "../../train/curriculum.js";
import { type MetricRecord, TAGS } from "../../train/log/metrics.js";
import { trainLoopAsync } from "../../train/loop.js";
import type { ParallelConfig } from "../../train/parallelism.js";
import type { Iteration, Trainer } from "../../train/trainer.js";
import type { StartThread } from "../../workers/thread.js";
import { readConfig } from "../studioConfig.js";
import { Gate } from "./gate.js";
import type { SessionNotes, SessionStarted, StartSession } from "./protocol.js";

/** What a session needs of the thread that it is in. */
export interface SessionHost {
  readonly scene: SceneDefinition;
  readonly havok: HavokPhysicsWithBindings;
  /** Starts a Web Worker that calls `serveWebWorker` with this scene under its name. */
  readonly startThread: StartThread;
  /** Why there is no use in looking for a GPU here; null: look for one. */
  readonly gpuProblem: string | null;
  note<N extends keyof SessionNotes>(note: N, data: SessionNotes[N]): void;
}

/** Agents of a worker where the configuration leaves it open. */
const AGENTS = 32;
const SAVE_SECONDS = 5;
const NETWORK_SECONDS = 0.25;
/** A rollout worker that gives no sign of life for so long hangs. */
const SILENCE_SECONDS = 8;
const VERIFIED_OBSERVATIONS = 200;

/** What changes while a run goes on; workers are sent what is in here at that moment. */
type Live = { -readonly [K in keyof EnvChanges]-?: EnvChanges[K] & {} };

interface SessionParts {
  readonly request: StartSession;
  readonly host: SessionHost;
  readonly config: ParallelConfig;
  /** Of one agent, to see what it senses and does. */
  readonly env: AgentEnv;
  readonly trainer: Trainer;
  readonly curriculum: CurriculumProgress;
  readonly live: Live;
}

/** One training run in a page's training worker: trains, tells, saves, until it is stopped. */
export class TrainingSession {
  private readonly gate = new Gate();
  private readonly abort = new AbortController();
  private networkAt = 0;
  private savedAt = 0;
  private wallSeconds: number;
  private score: number | null = null;
  /** Exports that wait for the end of the iteration. */
  private readonly exports: (() => Promise<void>)[] = [];
  private resting = false;

  private constructor(private readonly parts: SessionParts) {
    this.wallSeconds = parts.request.wallSeconds;
  }

  /** Sets everything up, and lets the training begin. @throws InputError for what cannot be trained */
  static async startAsync(
    request: StartSession,
    host: SessionHost,
  ): Promise<{ session: TrainingSession; started: SessionStarted }> {
    const { scene, havok, startThread, gpuProblem } = host;
    const loaded = readConfig(scene, request);
    const numAgents = loaded.legwork.numAgents ?? AGENTS;
    const legwork = { ...loaded.legwork, numWorkers: request.workers, numAgents };
    const config = { ...loaded, legwork } as ParallelConfig;
    const curriculum = new CurriculumProgress(config.environmentParameters);
    const live: Live = { rewards: request.rewards, parameters: curriculum.sources() };
    const { sensors } = config.legwork;
    const env = createSceneEnv(scene, new Scene(new NullEngine()), havok, { agents: 1, seed: request.seed, sensors });
    const { trainer, backend, reason } = await createTrainerAsync({
      config,
      seed: request.seed,
      backend: "auto",
      env,
      workerEnv: {
        module: scene.name,
        agents: numAgents,
        sensors,
        get rewards() {
          return live.rewards;
        },
        get parameters() {
          return live.parameters;
        },
      },
      startThread,
      gpuProblem,
      silenceSeconds: SILENCE_SECONDS,
      // The next one would hang in the same term.
      onHang: () => dropCode(live, host),
      say: (text) => host.note("say", text),
    });
    if (request.checkpoint) {
      const checkpoint = decodeCheckpoint(request.checkpoint.bytes, "The run's checkpoint");
      if (request.checkpoint.what === "everything") {
        trainer.restore(checkpoint);
        curriculum.restore(checkpoint.meta.curriculum ?? {});
        live.parameters = curriculum.sources();
      } else trainer.initializeFrom(checkpoint);
    }
    trainer.changes = live;
    await trainer.startAsync();
    const session = new TrainingSession({ request, host, config, env, trainer, curriculum, live });
    void session.runAsync();
    return {
      session,
      started: {
        trainer: config.trainerType,
        maxSteps: config.maxSteps,
        backend: reason === null ? backend : `${backend} (${reason})`,
        configuration: formatTrainerConfig(loaded),
      },
    };
  }

  pause(): void {
    this.gate.close();
  }

  resume(): void {
    this.gate.open();
  }

  stop(): void {
    this.abort.abort();
    this.gate.open();
  }

  setRewards(rewards: RewardSettings): void {
    this.parts.live.rewards = rewards;
  }

  /** The policy between two iterations. @throws InputError when the file does not act as the network does */
  exportPolicyAsync(): Promise<Uint8Array> {
    if (this.resting) return this.encodePolicyAsync();
    return new Promise((resolve, reject) => {
      this.exports.push(() => this.encodePolicyAsync().then(resolve, reject));
    });
  }

  private async encodePolicyAsync(): Promise<Uint8Array> {
    const { request, host, config, env, trainer } = this.parts;
    const network = await trainer.networkAsync();
    const bytes = policyToOnnx(network, {
      format: 1,
      ...describeScene(host.scene, env),
      trainer: config.trainerType,
      seed: request.seed,
      steps: trainer.steps,
      ...(request.gait ? { gait: request.gait } : {}),
      parameters: constantParameters(config.environmentParameters),
      score: this.score,
    });
    const observations = await trainer.recentObservationsAsync(VERIFIED_OBSERVATIONS);
    await verifyExport(bytes, network, observations, observations.length / network.observationSize);
    return bytes;
  }

  private async runAsync(): Promise<void> {
    const { request, host, config, env, trainer } = this.parts;
    try {
      const hooks = {
        onIteration: (iteration: Iteration) => this.lookAt(iteration),
        onRecord: (record: MetricRecord) => this.tell(record),
        onCheckpointAsync: () => this.saveAsync(),
        isSolvedAsync: async () => {
          await this.showAsync();
          await this.restAsync();
          return false;
        },
      };
      // A record of every iteration: whoever moves a slider waits for it.
      const settings = { ...config, summaryFreq: 1 };
      const end = await trainLoopAsync(trainer, settings, hooks, this.abort.signal, request.wallSeconds);
      const status = end === "stopped" ? "stopped" : "finished";
      host.note("end", { status, error: null, policy: await this.encodePolicyAsync() });
    } catch (error) {
      host.note("end", { status: "failed", error: (error as Error).message, policy: null });
    } finally {
      trainer.dispose();
      env.dispose();
    }
  }

  private lookAt({ episodes }: Iteration): void {
    const { host, config, trainer, curriculum, live } = this.parts;
    const faults = new Map(episodes.flatMap((episode) => episode.faults ?? []).map((fault) => [fault.term, fault]));
    if (faults.size > 0) host.note("faults", [...faults.values()]);
    const returns = episodes.map((episode) => episode.return);
    const news = curriculum.update(returns, trainer.steps / config.maxSteps);
    if (news.length === 0) return;
    live.parameters = curriculum.sources();
    for (const text of news) host.note("say", `After ${trainer.steps.toLocaleString("en")} steps, ${text}.`);
  }

  private tell(record: MetricRecord): void {
    this.wallSeconds = record.wallSeconds;
    this.score = record.values[TAGS.return] ?? this.score;
    this.parts.host.note("record", record);
  }

  private async showAsync(): Promise<void> {
    const now = performance.now() / 1000;
    if (now - this.networkAt >= NETWORK_SECONDS) {
      this.networkAt = now;
      this.parts.host.note("network", await this.parts.trainer.networkAsync());
    }
    if (now - this.savedAt >= SAVE_SECONDS) await this.saveAsync();
  }

  /** Between two iterations: nobody else asks the workers for anything now. */
  private async restAsync(): Promise<void> {
    for (const exportAsync of this.exports.splice(0)) await exportAsync();
    this.resting = true;
    await this.gate.passAsync();
    this.resting = false;
  }

  private async saveAsync(): Promise<void> {
    this.savedAt = performance.now() / 1000;
    const { host, trainer, curriculum } = this.parts;
    const { tensors, meta } = await trainer.checkpointAsync();
    const checkpoint = encodeCheckpoint({ tensors, meta: { ...meta, curriculum: curriculum.state() } });
    host.note("saved", { checkpoint, steps: meta.steps, wallSeconds: this.wallSeconds });
  }
}

/** Takes all terms of code out of the rewards, and says so of each. */
function dropCode(live: Live, host: SessionHost): void {
  const coded = Object.entries(live.rewards).filter(([, setting]) => typeof setting === "object" && "code" in setting);
  if (coded.length === 0) return;
  live.rewards = Object.fromEntries(
    Object.entries(live.rewards).filter((entry) => !coded.some(([name]) => name === entry[0])),
  );
  host.note(
    "faults",
    coded.map(([term]): RewardFault => {
      return {
        term,
        message: `It did not come back within ${SILENCE_SECONDS} s: is there an endless loop?`,
        line: null,
      };
    }),
  );
}
