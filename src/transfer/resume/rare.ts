/**
 * What only some uploads need when they begin with a record, as one chunk for bundlers.
 * @module
 */
export { accept } from "./accept.ts";
export { checkLeft } from "./check_left.ts";
export { tidyUp } from "./give_up.ts";
export { putBack } from "./put_back.ts";
export { replace } from "./replace.ts";
