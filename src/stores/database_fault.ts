/**
 * What to do about a database that cannot be used. Loaded on demand.
 * @module
 */

const REASONS: Readonly<Record<string, string>> = {
  QuotaExceededError: "the storage of this site is full",
  VersionError: "it is of a newer version, reload the page",
};

/**
 * Makes an error that says what to do.
 * @param name of the database
 * @param isOpen whether it could be opened
 * @param cause the browser's own error; none where it gave no answer
 */
export function databaseFault(name: string, isOpen: boolean, cause: unknown): Error {
  const { name: kind = "" } = (cause ?? {}) as { name?: string };
  const reason = isOpen
    ? `${cause}`
    : cause === undefined
      ? "another tab holds it open in another version, close that tab"
      : `there is none here, as in private windows or where storage is blocked (${cause})`;
  return new Error(`Cannot use the IndexedDB "${name}": ${REASONS[kind] ?? reason}`, { cause });
}
