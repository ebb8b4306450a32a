import { expect, it, onTestFinished } from "vitest";
import { type RemoteError, WorkerLostError } from "../../src/workers/remote.js";
import {
  abortSharedMemory,
  allocateSharedMemory,
  canShareMemory,
  SharedExchange,
} from "../../src/workers/sharedExchange.js";
import { startRemoteAsync } from "./startedThread.js";
import { type SumRequest, vectorsOf } from "./sumRequest.js";

async function membersAsync(size: number, silenceSeconds = 60) {
  const remotes = await Promise.all(Array.from({ length: size }, () => startRemoteAsync("sums.ts", silenceSeconds)));
  onTestFinished(() => {
    for (const remote of remotes) remote.terminate();
  });
  return (request: Omit<SumRequest, "member">, members = remotes.map((_, member) => member)) =>
    members.map((member) => remotes[member]!.call("sum", { ...request, member }) as Promise<Float32Array[]>);
}

it("can share memory in Node", () => {
  expect(canShareMemory()).toBe(true);
});

it("gives all members the same sums, to the last bit, over many rounds and in pieces", async () => {
  const size = 3;
  const sum = await membersAsync(size);
  // 16 numbers go at once.
  const lengths = [...new Array<number>(200).fill(16), 1, 0, 17, 50, ...new Array<number>(200).fill(5)];
  const results = await Promise.all(sum({ memory: allocateSharedMemory(size, 16), lengths }));
  const [first, second, third] = [0, 1, 2].map((member) => vectorsOf(member, lengths)) as [
    Float32Array[],
    Float32Array[],
    Float32Array[],
  ];
  const expected = first.map((vector, round) =>
    vector.map((x, i) => Math.fround(x + second[round]![i]!) + third[round]![i]!),
  );
  for (const result of results) expect(result).toEqual(expected);
});

it("frees those who wait when the group is given up, and lets them live until then", async () => {
  const sum = await membersAsync(3, 3);
  const memory = allocateSharedMemory(3, 4);
  let isOver = false;
  const calls = sum({ memory, lengths: [4] }, [0, 1]).map((call) =>
    call
      .catch((error: unknown) => error as RemoteError)
      .finally(() => {
        isOver = true;
      }),
  );
  // Longer than they may be silent.
  await new Promise((resolve) => setTimeout(resolve, 4500));
  expect(isOver).toBe(false);
  abortSharedMemory(memory);
  for (const error of (await Promise.all(calls)) as RemoteError[]) {
    expect(error).not.toBeInstanceOf(WorkerLostError);
    expect(error.kind).toBe("ExchangeAbortedError");
  }
  // The threads are still of use.
  const results = await Promise.all(sum({ memory: allocateSharedMemory(3, 4), lengths: [2] }));
  expect(results[1]).toEqual(results[0]);
});

it("leaves the vector of a member alone in its group as it is", () => {
  const vector = Float32Array.of(1, 2, 3);
  new SharedExchange(allocateSharedMemory(1, 2), 0).sum(vector);
  expect([...vector]).toEqual([1, 2, 3]);
});
