// Lets this thread import TypeScript: modules of users, wherever they lie, and in a clone our own.
import { register } from "node:module";
import { register as registerTsx } from "tsx/esm/api";

registerTsx();
register("./hooks.js", import.meta.url);
