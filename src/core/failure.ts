/**
 * Everything about failures, as one chunk for bundlers: a put that succeeds needs none of it.
 * @module
 */
export { alteredError, networkError, timeoutError } from "./network_error.ts";
export { type Failing, recover } from "./recover.ts";
export { readServiceError } from "./service_error.ts";
