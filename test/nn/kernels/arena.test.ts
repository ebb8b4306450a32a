import { describe, expect, it, vi } from "vitest";
import { InputError } from "../../../src/inputError.js";
import { KernelArena } from "../../../src/nn/kernels/arena.js";

describe("KernelArena", () => {
  it("places zeros one after the other, none over another, where SIMD loads are fast", async () => {
    const arena = await KernelArena.createAsync();
    const places = [1, 5, 3, 64, 7].map((size) => ({ size, address: arena.place(size) }));
    for (const { size, address } of places) {
      expect(address % 16).toBe(0);
      expect([...arena.view(address, size)]).toEqual(new Array(size).fill(0));
    }
    for (const [i, { size, address }] of places.entries()) arena.view(address, size).fill(i + 1);
    places.forEach(({ size, address }, i) => {
      expect([...arena.view(address, size)]).toEqual(new Array(size).fill(i + 1));
    });
  });

  it("keeps what it holds when it grows, and the kernels go on with it", async () => {
    const arena = await KernelArena.createAsync();
    const address = arena.place(3);
    const before = arena.view(address, 3);
    before.set([3, 0, 4]);
    const large = arena.place(1_000_000);
    expect(before.length).toBe(0);
    expect([...arena.view(address, 3)]).toEqual([3, 0, 4]);
    arena.view(large, 1_000_000).fill(2);
    expect(arena.kernels.sumSquares(large, 1_000_000)).toBe(4_000_000);
    expect(arena.kernels.sumSquares(address, 3)).toBe(25);
  });

  it("has a memory of its own each time", async () => {
    const [one, other] = [await KernelArena.createAsync(), await KernelArena.createAsync()];
    const [a, b] = [one.place(4), other.place(4)];
    one.view(a, 4).fill(1);
    expect([...other.view(b, 4)]).toEqual([0, 0, 0, 0]);
  });

  it("says what is missing where WebAssembly has no SIMD", async () => {
    const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    await expect(KernelArena.createAsync()).rejects.toThrow(InputError);
    await expect(KernelArena.createAsync()).rejects.toThrow(/needs WebAssembly with SIMD/);
    validate.mockRestore();
  });
});
