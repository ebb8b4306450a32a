import { BASE } from "./styles/base.js";
import { GUIDE } from "./styles/guide.js";
import { LAYOUT } from "./styles/layout.js";
import { LEFT } from "./styles/left.js";
import { PLOTS } from "./styles/plots.js";
import { REWARDS } from "./styles/rewards.js";
import { STAGE } from "./styles/stage.js";
import { THEME } from "./styles/theme.js";

/** All styles of the panel. They are nested in its root, so nothing of them reaches the host's page. */
export const panelStyles: string = `.legwork-studio {
${[THEME, BASE, LAYOUT, LEFT, REWARDS, PLOTS, STAGE, GUIDE].join("\n")}
}
`;
