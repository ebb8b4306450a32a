import { createRoot } from "react-dom/client";
import { StudioColumn, StudioPanel } from "../../../src/studio/panel/index.js";
import { FakeStage } from "./fakeStage.js";
import { FakeStudio } from "./fakeStudio.js";

/** What the test reaches from outside. */
export interface FakePage {
  readonly client: FakeStudio;
  readonly stage: FakeStage;
}

// A page with the panel and nothing behind it; `?column` shows its narrow form.
const client = new FakeStudio();
const stage = new FakeStage();
Object.assign(window, { studio: { client, stage } satisfies FakePage });
stage.showAt(8);
const viewport = <div style={{ height: "100%", background: "linear-gradient(#a9c4d8, #dbe6ee 55%, #c3d0d8 55%)" }} />;
createRoot(document.getElementById("root")!).render(
  location.search === "?column" ? (
    <StudioColumn client={client} />
  ) : (
    <StudioPanel client={client} stage={stage} viewport={viewport} />
  ),
);
