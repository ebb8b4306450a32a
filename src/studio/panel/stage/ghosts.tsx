import { useRef } from "react";
import type { StageClient } from "../../stage/stageState.js";
import { Button } from "../shared/button.js";
import { useStore } from "../shared/useStore.js";

/** Policies that are shown beside the newest one, and a button for one more. */
export function Ghosts({ stage }: { readonly stage: StageClient }) {
  const ghosts = useStore(stage, (state) => state.ghosts);
  const input = useRef<HTMLInputElement>(null);
  const take = async (event: React.ChangeEvent<HTMLInputElement>) => {
    const { target } = event;
    const files = [...(target.files ?? [])];
    for (const file of files) stage.addGhost(file.name, new Uint8Array(await file.arrayBuffer()));
    target.value = "";
  };
  return (
    <>
      <Button
        name="Add a ghost"
        title="Show another policy beside this one: choose an ONNX file, or drop one onto the scene"
        icon="plus"
        onPress={() => input.current?.click()}
      >
        Ghost
      </Button>
      <input ref={input} type="file" hidden multiple accept=".onnx" aria-label="Policy of a ghost" onChange={take} />
      {ghosts.map(({ id, name }) => (
        <span key={id} className="lw-ghost">
          <span title={name}>{name}</span>
          <Button
            name={`Remove ghost ${name}`}
            title="Take it away"
            icon="close"
            bare
            onPress={() => stage.removeGhost(id)}
          />
        </span>
      ))}
    </>
  );
}
