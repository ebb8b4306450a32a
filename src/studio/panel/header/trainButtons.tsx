import type { StudioClient } from "../../client.js";
import { isLive } from "../../client.js";
import { Button } from "../shared/button.js";
import { currentRun } from "../shared/currentRun.js";
import { useStore } from "../shared/useStore.js";
import { trainAction } from "./trainAction.js";

/** The one button that matters, with Stop and Export beside it. */
export function TrainButtons({ client }: { readonly client: StudioClient }) {
  const status = useStore(client, (state) => currentRun(state)?.status ?? null);
  const { name, icon, title, press } = trainAction(client, status);
  return (
    <>
      <Button name={name} icon={icon} title={title} shortcut="T" look="primary" onPress={press} />
      <Button
        name="Stop"
        icon="stop"
        title="End this run; it is kept"
        shortcut="S"
        disabled={status === null || !isLive(status)}
        onPress={() => client.stop()}
      />
      <Button
        name="Export ONNX"
        icon="export"
        title="Check the newest policy and save it as an ONNX file"
        shortcut="E"
        disabled={status === null}
        onPress={() => client.exportPolicy()}
      />
    </>
  );
}
