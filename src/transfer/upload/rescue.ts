/**
 * What an upload needs when something goes wrong or it is cut short, as one chunk for bundlers.
 * @module
 */
export { takenOver } from "../resume/taken_over.ts";
export { checkOptions } from "./check_options.ts";
export { deleteParts } from "./delete_parts.ts";
export { ended } from "./ended.ts";
export { findCompleted, recover } from "./recover.ts";
export { sweep } from "./sweep.ts";
