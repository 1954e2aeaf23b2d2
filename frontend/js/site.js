// Conveniences on every page. Nothing here is needed: each page is complete without it.
import { copyButtons } from "./parts/copy.js";
import { menus, openWhereThereIsRoom } from "./parts/details.js";
import { onceOnly } from "./parts/forms.js";
import { localTimes, zoneFields } from "./parts/times.js";

menus(document);
openWhereThereIsRoom(document);
onceOnly(document);
localTimes(document);
zoneFields(document);
copyButtons(document);
