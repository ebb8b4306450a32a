import { expect, it, onTestFinished } from "vitest";
import { startNodeThread } from "../../src/workers/nodeThread.js";
import { Remote, RemoteError, WorkerLostError } from "../../src/workers/remote.js";
import { startRemoteAsync } from "./startedThread.js";

async function remoteAsync(silenceSeconds = 60): Promise<Remote> {
  const remote = await startRemoteAsync("calls.ts", silenceSeconds);
  onTestFinished(() => remote.terminate());
  return remote;
}

const errorOf = (promise: Promise<unknown>) => promise.then(() => null).catch((error: unknown) => error as Error);

it("answers each call, in whatever order it is done", async () => {
  const remote = await remoteAsync();
  const order: unknown[] = [];
  const note = (value: unknown) => order.push(value);
  const array = Float32Array.of(1, 2);
  await Promise.all([
    remote.call("echoLater", { value: "slow", seconds: 0.2 }).then(note),
    remote.call("echo", "quick").then(note),
    remote.call("echo", { array }).then(note),
  ]);
  expect(order).toEqual(["quick", { array }, "slow"]);
});

it("hands over notes, before the answer", async () => {
  const remote = await remoteAsync();
  const heard: unknown[] = [];
  remote.onNote = (note, data) => heard.push([note, data]);
  heard.push(await remote.call("tell", "hello"));
  expect(heard).toEqual([["news", { text: "hello" }], "told"]);
});

it("throws what the function threw, with the name of its class and where it was", async () => {
  const remote = await remoteAsync();
  const refused = (await errorOf(remote.call("refuse"))) as RemoteError;
  expect(refused).toBeInstanceOf(RemoteError);
  expect([refused.kind, refused.message]).toEqual(["InputError", "There is no such thing."]);
  expect(refused.stack).toContain("calls.ts");
  const stumbled = (await errorOf(remote.call("stumble"))) as RemoteError;
  expect(stumbled.kind).toBe("TypeError");
  expect(stumbled.message).toMatch(/null/);
  // It goes on after that.
  expect(await remote.call("echo", 3)).toBe(3);
});

it.each([
  { how: "exit", argument: 3, reason: "it left with code 3" },
  { how: "crash", argument: null, reason: "nobody catches this" },
])("is lost when the thread ends: $how", async ({ how, argument, reason }) => {
  const remote = await remoteAsync();
  const others = [remote.call("echoLater", { value: 1, seconds: 60 }), remote.call(how, argument)].map(errorOf);
  for (const error of await Promise.all(others)) {
    expect(error).toBeInstanceOf(WorkerLostError);
    expect(error!.message).toBe(reason);
  }
  expect((await errorOf(remote.call("echo", 1)))!.message).toBe(reason);
});

it("is lost when the script cannot be loaded", async () => {
  for (const entry of ["missing.ts", "missing.js"]) {
    const remote = new Remote(startNodeThread(new URL(entry, import.meta.url)), 60);
    const error = await errorOf(remote.call("echo", 1));
    expect(error).toBeInstanceOf(WorkerLostError);
    expect(error!.message).toContain(entry);
  }
});

it("is lost when it is ended here", async () => {
  const remote = await remoteAsync();
  const call = errorOf(remote.call("hang"));
  remote.terminate("it was in the way");
  expect((await call)!.message).toBe("it was in the way");
});

it("is lost when it hangs, and not when it works for long and gives signs of life", async () => {
  const [hanging, toiling, waiting] = await Promise.all([remoteAsync(3), remoteAsync(3), remoteAsync(3)]);
  const results = await Promise.all([
    errorOf(hanging.call("hang")),
    toiling.call("toil", 5),
    // While a function waits for something, signs are given for it.
    waiting.call("echoLater", { value: "done", seconds: 5 }),
  ]);
  expect(results[0]).toBeInstanceOf(WorkerLostError);
  expect(results[0]!.message).toBe("it has said nothing for 3 s");
  expect((results[0] as WorkerLostError).hangs).toBe(true);
  expect(results.slice(1)).toEqual([undefined, "done"]);
});

it("may be silent for as long as it likes while it is asked nothing", async () => {
  const remote = await remoteAsync(1);
  await remote.call("echo", 1);
  await new Promise((resolve) => setTimeout(resolve, 2500));
  expect(await remote.call("echo", 2)).toBe(2);
});
