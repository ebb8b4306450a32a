import { expect, it, onTestFinished } from "vitest";
import { WorkerGroup } from "../../src/workers/group.js";
import { startNodeThread } from "../../src/workers/nodeThread.js";

async function startAsync() {
  const said: string[] = [];
  const started: number[] = [];
  const group = new WorkerGroup({
    startThread: () => startNodeThread(new URL("calls.ts", import.meta.url)),
    workers: 2,
    say: (text) => said.push(text),
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
