/**
 * Folders: where we are is in the address, so that links, reload and the back button work.
 * @module
 */

/** The folder of an address: `#/photos/2025/` is `photos/2025/`, the top is `""`. */
export function folderOf(hash: string): string {
  return hash
    .replace(/^#\/?/, "")
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => `${decode(segment)}/`)
    .join("");
}

/** The address of a folder. */
export function hashOf(folder: string): string {
  return `#/${folder.split("/").map(encodeURIComponent).join("/")}`;
}

/** The last name of a folder: `2025` of `photos/2025/`. */
export function nameOf(path: string): string {
  return path.replace(/\/$/, "").split("/").at(-1) ?? path;
}

/** Each folder from the top to this one. */
export function trailOf(folder: string): string[] {
  const trail = [""];
  for (const segment of folder.split("/").slice(0, -1)) trail.push(`${trail.at(-1)}${segment}/`);
  return trail;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
