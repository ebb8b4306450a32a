export { type CheckedModel, checkModel, type ModelExpectation } from "./compatibility.js";
export { readModelMetadata } from "./modelMetadata.js";
export { OnnxPolicy, type OnnxPolicyOptions } from "./onnxPolicy.js";
