import { expect, it, onTestFinished } from "vitest";
import { type GroupThreads, WorkerGroup } from "../../src/workers/group.js";
import { startNodeThread } from "../../src/workers/nodeThread.js";

async function startAsync(threads: Partial<GroupThreads> = {}) {
  const said: string[] = [];
  const started: number[] = [];
  const group = new WorkerGroup({
    startThread: () => startNodeThread(new URL("calls.ts", import.meta.url)),
    workers: 2,
    say: (text) => said.push(text),
    ...threads,
    // Takes its time, as building an environment does.
    startMemberAsync: async (member) => {
      await group.call(member, "echoLater", { value: "ready", seconds: 0.3 });
      started.push(member);
    },
  });
  onTestFinished(() => group.dispose());
  await group.startAsync();
  return { group, said, started };
}

it("works that go on at the same time wait for the same successor of a lost worker", { timeout: 60_000 }, async () => {
  const { group, said, started } = await startAsync();
  const work = (value: string, seconds: number) =>
    group.replacingAsync(async () => {
      const before = started.length;
      const results = await group.callAll("echoLater", () => ({ value, seconds }));
      return { results, before };
    });
  const both = Promise.all([work("one", 0.5), work("other", 0.6)]);
  group.kill(1);
  const results = await both;
  expect(results.map((result) => result.results)).toEqual([
    ["one", "one"],
    ["other", "other"],
  ]);
  expect(started.toSorted()).toEqual([0, 1, 1]);
  // Neither began before the successor was ready.
  expect(results.map(({ before }) => before)).toEqual([3, 3]);
  expect(said).toEqual([
    "Worker 2 of 2 was lost (it was killed); its fragment is dropped and another worker replaces it.",
  ]);
});

it("a worker that is lost again and again ends the work", { timeout: 60_000 }, async () => {
  const { group, said } = await startAsync();
  const work = group.replacingAsync(async () => {
    const calls = group.callAll("echoLater", () => ({ value: 0, seconds: 0.2 }));
    group.kill(0);
    return calls;
  });
  await expect(work).rejects.toThrow("Worker 1 of 2 was lost 4 times in a row");
  expect(said).toHaveLength(3);
});

it("a worker that hangs is told of as such, before another one takes its place", { timeout: 60_000 }, async () => {
  const news: string[] = [];
  const { group, started } = await startAsync({
    silenceSeconds: 2,
    onHang: () => news.push(`hangs, ${started.length} started`),
  });
  let method = "hang";
  await group.replacingAsync(async () => {
    const call = group.call(1, method, { value: 0, seconds: 0 });
    method = "echoLater";
    await call;
  });
  expect(news).toEqual(["hangs, 2 started"]);
  expect(started).toHaveLength(3);
  group.kill(0);
  await group.replacingAsync(() => group.callAll("echoLater", () => ({ value: 0, seconds: 0 })));
  expect(news).toHaveLength(1);
});
