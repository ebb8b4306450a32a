export async function events() {
  const log: string[] = [];
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter!.requestDevice();
  device.addEventListener("uncapturederror", (e) => log.push("listener " + (e as GPUUncapturedErrorEvent).error.message.slice(0, 60)));
  device.onuncapturederror = (e) => log.push("on " + e.error.message.slice(0, 60));
  device.createShaderModule({ code: "this is no shader" });
  await new Promise((r) => setTimeout(r, 1000));
  log.push("--- flush");
  device.queue.submit([]);
  await new Promise((r) => setTimeout(r, 1000));
  await device.queue.onSubmittedWorkDone();
  await new Promise((r) => setTimeout(r, 1000));
  log.push("--- buffer");
  device.createBuffer({ size: 16, usage: 0 });
  await new Promise((r) => setTimeout(r, 1000));
  return log;
}
