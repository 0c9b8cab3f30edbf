/**
 * Icons: strokes on a 24 x 24 grid, in the colour of the text.
 * @module
 */
const PATHS = {
  upload: "M12 16V4M7 9l5-5 5 5M4 16v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3",
  download: "M12 4v12M7 11l5 5 5-5M4 20h16",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.6 1.6M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.6-1.6",
  trash: "M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3",
  close: "M6 6l12 12M18 6L6 18",
  pause: "M8 5v14M16 5v14",
  resume: "M7 4.5v15l12-7.5-12-7.5Z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  warning: "M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.2v.1",
  refresh: "M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6",
  folder: "M3 7a2 2 0 0 1 2-2h4l2 2.5h8a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7Z",
  newFolder: "M3 7a2 2 0 0 1 2-2h4l2 2.5h8a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7ZM12 10.5v5M9.5 13h5",
  file: "M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9l-6-6ZM13 3v6h6",
  image:
    "M5 4h14a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1ZM4 16l4.5-4.5L13 16l3-3 4 4M15.5 8.5v.1",
  video: "M4 5h16v14H4V5ZM10 9.2v5.6l5-2.8-5-2.8Z",
  audio: "M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0ZM19 16a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z",
  archive: "M4 4h16v5H4V4ZM5 9h14v11H5V9ZM10 13h4",
  text: "M13 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V9l-6-6ZM13 3v6h6M9 13h6M9 17h4",
} as const;

export type IconName = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

/** Makes an icon; it says nothing to screen readers, the element around it does. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const BY_EXTENSION: readonly (readonly [RegExp, IconName])[] = [
  [/\.(png|jpe?g|gif|webp|avif|svg|heic|bmp|ico)$/i, "image"],
  [/\.(mp4|mov|webm|mkv|avi|m4v)$/i, "video"],
  [/\.(mp3|wav|flac|ogg|m4a|aac)$/i, "audio"],
  [/\.(zip|gz|tgz|tar|7z|rar|xz|bz2|zst)$/i, "archive"],
  [/\.(txt|md|pdf|docx?|xlsx?|pptx?|csv|json|xml|html?|css|[jt]sx?)$/i, "text"],
];

/** The icon of a file, by its name. */
export function fileIcon(name: string): IconName {
  return BY_EXTENSION.find(([pattern]) => pattern.test(name))?.[1] ?? "file";
}
