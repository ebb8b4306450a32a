import { nodePort } from "../../src/workers/nodeThread.js";
import { serve } from "../../src/workers/remote.js";
import { SharedExchange } from "../../src/workers/sharedExchange.js";
import { type SumRequest, vectorsOf } from "./sumRequest.js";

// Entry of a thread for the tests of sums in shared memory.

serve(nodePort(), (service) => ({
  sum: ({ memory, member, lengths }: SumRequest) => {
    const exchange = new SharedExchange(memory, member, service.beat);
    const vectors = vectorsOf(member, lengths);
    for (const vector of vectors) exchange.sum(vector);
    return vectors;
  },
}));
