export { activateInto, activationGradient, addBiasAndActivate, constantsSize, writeConstants } from "./activations";
export { adam } from "./adam";
export { multiply, multiplyScratch } from "./multiply";
export { sumRows, sumSquares } from "./sums";
