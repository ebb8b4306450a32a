export { activateInto, activationGradient, addBiasAndActivate } from "./activations";
export { adam } from "./adam";
export { multiply, multiplyScratch } from "./multiply";
export { sumRows, sumSquares } from "./sums";
