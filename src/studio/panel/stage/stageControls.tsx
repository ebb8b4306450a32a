import { memo } from "react";
import type { StageClient, StageSettings } from "../../stage/stageState.js";
import { Button } from "../shared/button.js";
import { Segments } from "../shared/segments.js";
import { useStore } from "../shared/useStore.js";
import { Ghosts } from "./ghosts.js";

const SPEEDS = [
  [0.25, "¼×"],
  [1, "1×"],
  [2, "2×"],
  [4, "4×"],
] as const;

const GROUNDS: readonly StageSettings["ground"][] = ["flat", "slope", "steps"];

/** How the scene is shown; none of it reaches the training. */
export const StageControls = memo(function StageControls({ stage }: { readonly stage: StageClient }) {
  const settings = useStore(stage, (state) => state.settings);
  const toggle = (name: "paused" | "follow" | "showJointLimits" | "showContacts") => () => {
    stage.set({ [name]: !settings[name] } satisfies Partial<StageSettings>);
  };
  return (
    <div className="lw-stage-controls" role="toolbar" aria-label="Stage">
      <Button
        name="Freeze"
        title="Freeze the scene; the training goes on"
        icon={settings.paused ? "play" : "pause"}
        bare
        shortcut="Space"
        pressed={settings.paused}
        onPress={toggle("paused")}
      />
      <Button
        name="Reset stage"
        title="Let all characters begin anew"
        icon="reset"
        bare
        shortcut="R"
        onPress={() => stage.reset()}
      />
      <Segments
        label="Speed of the scene"
        values={SPEEDS}
        chosen={settings.speed}
        onChoose={(speed) => stage.set({ speed })}
      />
      <select
        aria-label="Ground"
        title="What it walks on"
        value={settings.ground}
        onChange={({ target }) => stage.set({ ground: GROUNDS[target.selectedIndex]! })}
      >
        {GROUNDS.map((ground) => (
          <option key={ground}>{ground}</option>
        ))}
      </select>
      <Button
        name="Follow"
        title="The camera goes along"
        shortcut="F"
        pressed={settings.follow}
        onPress={toggle("follow")}
      />
      <Button
        name="Joint limits"
        title="Draw how far each joint may turn"
        pressed={settings.showJointLimits}
        onPress={toggle("showJointLimits")}
      >
        Limits
      </Button>
      <Button
        name="Contacts"
        title="Draw the forces of contacts"
        pressed={settings.showContacts}
        onPress={toggle("showContacts")}
      />
      <Button
        name="Drop a box"
        title="Let a box fall on the character"
        icon="box"
        bare
        onPress={() => stage.dropBox()}
      />
      <Ghosts stage={stage} />
    </div>
  );
});
