export { activateInto, activationGradient, addBiasAndActivate, constantsSize, writeConstants } from "./activations";
export { adam } from "./adam";
export { multiply, multiplyPacked, multiplyScratch, packedSize, packRight } from "./multiply";
export { sumRows, sumSquares } from "./sums";
