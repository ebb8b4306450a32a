import type { HavokPhysicsWithBindings } from "@babylonjs/havok";
import { InputError } from "../../inputError.js";
import type { SceneDefinition } from "../../task/scene.js";
import { serve } from "../../workers/remote.js";
import type { Port } from "../../workers/thread.js";
import { webPort } from "../../workers/webThread.js";
import { FRAME, type Frame, type NamedPolicy, type StageCommands, type StageLook } from "./protocol.js";
import { type OpenedPolicy, openPolicyAsync } from "./worker/openPolicy.js";
import { StageLoop, TICK } from "./worker/stageLoop.js";
import { StageWorld } from "./worker/stageWorld.js";

export interface StageWorkerOptions {
  /** The scenes that can be shown, by the name that `SceneDefinition.name` gives. */
  readonly scenes: Readonly<Record<string, SceneDefinition | (() => Promise<SceneDefinition>)>>;
  /** For example `() => HavokPhysics({ locateFile: () => url })`. */
  readonly loadHavokAsync: () => Promise<HavokPhysicsWithBindings>;
  /** URL of the folder with onnxruntime's WebAssembly file, ending in "/". Left out: beside the script. */
  readonly onnxRuntime?: string;
}

const now = () => performance.timeOrigin + performance.now();

/** Makes a Web Worker the stage's: it simulates what the stage shows. Call it in the module that the Web Worker runs. */
export function serveStage({ scenes, loadHavokAsync, onnxRuntime }: StageWorkerOptions): void {
  const port = webPort();
  const commands: Port = { onMessage: null, post: port.post };
  let havok: Promise<HavokPhysicsWithBindings> | null = null;
  let loop: StageLoop | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  // Steps wait for policies that take their time; nothing else may happen to the world meanwhile.
  const inTurn = <T>(act: () => T | Promise<T>): Promise<T> => {
    const done = turn.then(act);
    turn = done.catch(() => {});
    return done;
  };
  const onStage = <T>(act: (world: StageWorld, loop: StageLoop) => T | Promise<T>): Promise<T> =>
    inTurn(() => {
      if (!loop) throw new InputError("No scene has been loaded yet.");
      loop.stale = true;
      return act(loop.world, loop);
    });
  const withPolicyAsync = async (named: NamedPolicy, act: (world: StageWorld, policy: OpenedPolicy) => void) => {
    const policy = await openPolicyAsync(named, onnxRuntime);
    try {
      await onStage((world) => act(world, policy));
    } catch (error) {
      policy.dispose?.();
      throw error;
    }
  };
  const send = (frame: Frame) => port.post({ note: FRAME, data: frame }, [frame.values.buffer]);

  const handlers: { [K in keyof StageCommands]: (argument: StageCommands[K]) => Promise<unknown> } = {
    load: async (request) => {
      const known = scenes[request.scene];
      if (!known) {
        throw new InputError(`The stage has no scene "${request.scene}"; it has ${Object.keys(scenes).join(", ")}.`);
      }
      const scene = typeof known === "function" ? await known() : known;
      havok ??= loadHavokAsync();
      const physics = await havok;
      await inTurn(() => {
        const before = loop;
        loop = new StageLoop(new StageWorld(scene, physics, request), request.id, now, send);
        loop.running = before?.running ?? true;
        loop.speed = before?.speed ?? 1;
        before?.world.dispose();
      });
    },
    setPolicy: (named) =>
      named
        ? withPolicyAsync(named, (world, policy) => world.setPolicy(policy))
        : onStage((world) => world.setPolicy(null)),
    addGhost: ({ slot, ...named }) => withPolicyAsync(named, (world, policy) => world.addGhost(slot, policy)),
    removeGhost: (slot) => onStage((world) => world.removeGhost(slot)),
    run: ({ running, speed }) =>
      onStage((_, stage) => {
        stage.running = running;
        stage.speed = speed;
      }),
    showContacts: (show) => onStage((world) => world.showContacts(show)),
    reset: () => onStage((world) => world.reset()),
    push: (push) => onStage((world) => world.push(push)),
    dropBox: () => onStage((world) => world.dropBox()),
    look: (): Promise<StageLook | null> => inTurn(() => loop?.world.look() ?? null),
  };
  serve(commands, () => handlers);
  port.onMessage = (message) => {
    const { returned } = message as { readonly returned?: Float32Array<ArrayBuffer> };
    if (returned) loop?.giveBack(returned);
    else commands.onMessage?.(message);
  };

  const beat = async () => {
    const began = now();
    await inTurn(() => loop?.tickAsync());
    setTimeout(run, Math.max(0, TICK - (now() - began)));
  };
  // The page hears of errors that nobody has caught, but of promises nothing.
  const run = () => void beat().catch(reportError);
  run();
}
