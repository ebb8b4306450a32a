import { describe, expect, it } from "vitest";
import { ALONE, ExchangeAbortedError } from "../../src/workers/exchange.js";
import { MessageExchange, MessageSums } from "../../src/workers/messageExchange.js";

/** Members whose messages pass through a queue, as those between threads do. */
function group(size: number) {
  const members: MessageExchange[] = [];
  const sums = new MessageSums(size, (sum) => {
    for (const member of members) queueMicrotask(() => member.receive(sum));
  });
  for (let i = 0; i < size; i++) {
    members.push(new MessageExchange(size, (vector) => queueMicrotask(() => sums.add(i, vector))));
  }
  return { members, sums };
}

describe("MessageExchange", () => {
  it("adds up round after round, in the order of the members", async () => {
    const { members } = group(3);
    // In single precision, 1e8 + 1 is 1e8: the order shows.
    const values = [1e8, 1, -1e8];
    const vectors = values.map((value) => Float32Array.of(value, 1, 2));
    await Promise.all(members.map((member, i) => member.sum(vectors[i]!)));
    for (const vector of vectors) expect([...vector]).toEqual([0, 3, 6]);
    await Promise.all(members.map((member, i) => member.sum(vectors[i]!)));
    for (const vector of vectors) expect([...vector]).toEqual([0, 9, 18]);
  });

  it("waits for the last member", async () => {
    const { members } = group(2);
    const order: string[] = [];
    const first = Promise.resolve(members[0]!.sum(Float32Array.of(1))).then(() => order.push("sum"));
    await new Promise((resolve) => setTimeout(resolve, 10));
    order.push("second");
    await Promise.all([first, members[1]!.sum(Float32Array.of(1))]);
    expect(order).toEqual(["second", "sum"]);
  });

  it("frees a member that waits for one that was lost, and one that comes to wait later", async () => {
    const { members } = group(3);
    const [early, late] = members as [MessageExchange, MessageExchange];
    const waiting = expect(early.sum(Float32Array.of(1))).rejects.toThrow(ExchangeAbortedError);
    early.receive(null);
    late.receive(null);
    await waiting;
    await expect(late.sum(Float32Array.of(1))).rejects.toThrow(ExchangeAbortedError);
  });

  it("sends a copy: the vector may change at once", async () => {
    const sent: Float32Array[] = [];
    const member = new MessageExchange(2, (vector) => sent.push(vector));
    const vector = Float32Array.of(1);
    const sum = member.sum(vector);
    vector[0] = 5;
    expect([...sent[0]!]).toEqual([1]);
    member.receive(Float32Array.of(7));
    await sum;
    expect([...vector]).toEqual([7]);
  });
});

describe("ALONE", () => {
  it("changes nothing, at once", () => {
    const vector = Float32Array.of(1, 2);
    expect(ALONE.sum(vector)).toBeUndefined();
    expect([...vector]).toEqual([1, 2]);
  });
});
