import { type Command, Option } from "commander";
import { BENCHES, type BenchLine } from "../bench/benches.js";
import { integer } from "../options.js";

interface BenchOptions {
  readonly scene: string;
  readonly numAgents?: number;
  readonly json?: boolean;
}

export function addBenchCommand(program: Command): void {
  program
    .command("bench")
    .description(
      "Time a part of Legwork against its reference, side by side. Ratios of rates (…/s): larger is better; of times (ms, µs): smaller is better.",
    )
    .addArgument(new Option("<what>").argParser(String).choices(Object.keys(BENCHES)) as never);
}
