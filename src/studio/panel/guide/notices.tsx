import { memo, useEffect } from "react";
import type { Notice, StudioClient } from "../../client.js";
import { Button } from "../shared/button.js";
import { useStore } from "../shared/useStore.js";

/** Good news goes by itself after a while, ms; what went wrong stays until it is dismissed. */
const INFO_STAYS = 8000;

/** What the page has to say. */
export const Notices = memo(function Notices({ client }: { readonly client: StudioClient }) {
  const notices = useStore(client, (state) => state.notices);
  return (
    <div className="lw-notices">
      {notices.map((notice) => (
        <Toast key={notice.id} client={client} notice={notice} />
      ))}
    </div>
  );
});

function Toast({ client, notice: { id, kind, text } }: { readonly client: StudioClient; readonly notice: Notice }) {
  useEffect(() => {
    if (kind !== "info") return;
    const timer = setTimeout(() => client.dismissNotice(id), INFO_STAYS);
    return () => clearTimeout(timer);
  }, [client, id, kind]);
  return (
    <div className="lw-notice" data-kind={kind} role={kind === "error" ? "alert" : "status"}>
      <p>{text}</p>
      <Button name="Dismiss" icon="close" bare onPress={() => client.dismissNotice(id)} />
    </div>
  );
}
