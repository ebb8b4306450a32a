import { useRef } from "react";
import type { StudioClient } from "../../client.js";
import { Button } from "../shared/button.js";
import { readRunFilesAsync } from "./readRunFiles.js";

// React knows the attribute, its types do not.
const WHOLE_FOLDER = { webkitdirectory: "" };

/** Takes in a run that was made elsewhere: its folder, or a zip archive of it. */
export function OpenFiles({ client }: { readonly client: StudioClient }) {
  const folder = useRef<HTMLInputElement>(null);
  const archive = useRef<HTMLInputElement>(null);
  const take = async (event: React.ChangeEvent<HTMLInputElement>) => {
    const input = event.target;
    const files = await readRunFilesAsync([...(input.files ?? [])]);
    // The same folder can be chosen once more.
    input.value = "";
    if (files.length > 0) client.importRun(files);
  };
  return (
    <div className="lw-open">
      <Button
        name="Open a run…"
        title="Open the folder of a run of the command line"
        icon="open"
        onPress={() => folder.current?.click()}
      />
      <Button name="Open a zip…" title="Open a run that was downloaded" onPress={() => archive.current?.click()}>
        zip…
      </Button>
      <input ref={folder} type="file" hidden multiple {...WHOLE_FOLDER} aria-label="Folder of a run" onChange={take} />
      <input ref={archive} type="file" hidden accept=".zip" aria-label="Zip archive of a run" onChange={take} />
    </div>
  );
}
