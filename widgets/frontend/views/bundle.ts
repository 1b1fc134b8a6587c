/** Entry of the bundle `views.js`: a classic script beside il6.js. */

import { makeView } from "./all.js";
import type { ViewsWindow } from "./load.js";

(window as unknown as ViewsWindow).__il6_views = makeView;
