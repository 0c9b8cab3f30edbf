/**
 * Errors in words that a person understands and can act on. Nothing here ever shows a URL, a key or a token.
 * @module
 */
import { CorsError, ServiceError } from "oss-fetch";
import { BackendError } from "./session.ts";

/** What happened, and what to do. */
export interface Explanation {
  readonly title: string;
  readonly advice: string;
  /** What helps: the same again, replacing what is there, another file, a reload of the page. */
  readonly remedy: "retry" | "replace" | "choose" | "reload" | "none";
  /** For whoever has to look into it. */
  readonly detail?: string;
}

/** What the page can find out on its own when no answer came. */
export type Reach = "offline" | "unreachable" | "blocked";

type Words = readonly [title: string, advice: string, remedy: Explanation["remedy"]];

const SESSION: Words = ["Your session has ended", "Reload the page to start a new one.", "reload"];

const DENIED: Words = [
  "You may not do this",
  "Your keys only open your own folder. Ask whoever runs this storage for access.",
  "none",
];

const BY_CODE: Readonly<Record<string, Words>> = {
  FileAlreadyExists: [
    "A file of this name is already here",
    "Replace it, or rename your file and add it again.",
    "replace",
  ],
  AccessDenied: DENIED,
  NoSuchKey: ["This file is gone", "It was deleted or renamed in the meantime. Refresh the list.", "none"],
  NoSuchBucket: ["The storage is not set up", "Its bucket does not exist. Tell whoever runs this page.", "none"],
  NoSuchUpload: ["The upload was ended from elsewhere", "Start it again.", "retry"],
  RequestTimeTooSkewed: ["The clock of this device is wrong", "Set date and time, then try again.", "retry"],
  SecurityTokenExpired: SESSION,
  InvalidSecurityToken: SESSION,
  InvalidAccessKeyId: SESSION,
};

const BY_NAME: Readonly<Record<string, Words>> = {
  SessionEndedError: SESSION,
  BackendError: [
    "The sign-in server does not answer",
    "It hands out the keys to your folder. Try again in a moment.",
    "retry",
  ],
  TimeoutError: ["The connection stalled", "Nothing moved for a while. Check your network and try again.", "retry"],
  IntegrityError: ["The file was damaged on the way", "What arrived differs from what was sent. Try again.", "retry"],
  SourceChangedError: [
    "The file changed on your device",
    "It was edited, moved or deleted since you chose it. Choose it again.",
    "choose",
  ],
  OtherFileError: [
    "This is not the file that the upload began with",
    "Choose the right one to go on, start over with this one, or discard what is stored so far.",
    "choose",
  ],
  DecodeError: [
    "Something answered that is not the storage",
    "A sign-in page of your network may be in the way. Open a new tab to check.",
    "retry",
  ],
};

const BY_REACH: Readonly<Record<Reach, Words>> = {
  offline: ["You are offline", "Connect to a network, then try again.", "retry"],
  unreachable: ["The storage does not answer", "Check your connection and try again in a moment.", "retry"],
  blocked: [
    "The storage does not accept this page",
    "Its CORS rules must allow this address. Tell whoever runs it.",
    "retry",
  ],
};

const BUSY: Words = ["The storage is busy", "Try again in a moment.", "retry"];
const REFUSED: Words = ["The storage refused", "Try again. If it keeps happening, pass on the details below.", "retry"];
const BAD_NAME: Words = [
  "This name cannot be stored",
  "Rename it: at most 1,023 bytes with its folders, and not beginning with a slash.",
  "none",
];
const UNKNOWN: Words = ["Something went wrong", "Try again, or reload the page.", "retry"];

/** Where whoever runs the storage has to look into it. */
const FOR_SUPPORT: ReadonlySet<Words> = new Set([BUSY, REFUSED, DENIED]);

/** The failure under those that only carry it. */
export function rootOf(error: unknown): unknown {
  // Whoever gives the keys did not answer.
  if (error instanceof Error && error.name === "CredentialsError" && error.cause instanceof TypeError)
    return new BackendError("No answer", { cause: error.cause });
  const carries =
    error instanceof Error && /^(Transfer|Credentials)Error$/.test(error.name) && error.cause !== undefined;
  return carries ? rootOf(error.cause) : error;
}

/** Is it a failure that tells nothing but "no answer"? */
export function isSilence(error: unknown): boolean {
  return error instanceof Error && error.name === "NetworkError";
}

function serviceWords({ code, status }: ServiceError): Words {
  if (status === 429 || status >= 500) return BY_CODE[code] ?? BUSY;
  return BY_CODE[code] ?? (status === 403 ? DENIED : REFUSED);
}

/**
 * Finds the words.
 * @param error what was caught
 * @param reach what is known of the network, for failures without an answer
 */
export function explain(error: unknown, reach: Reach = "unreachable"): Explanation {
  const root = rootOf(error);
  const words = wordsFor(root, reach);
  const [title, advice, remedy] = words;
  const detail = root instanceof ServiceError && FOR_SUPPORT.has(words) ? detailOf(root) : undefined;
  return { title, advice, remedy, ...(detail !== undefined && { detail }) };
}

function wordsFor(root: unknown, reach: Reach): Words {
  if (root instanceof ServiceError) return serviceWords(root);
  if (!(root instanceof Error)) return UNKNOWN;
  if (isSilence(root)) return BY_REACH[reach];
  if (root.name === "BackendError" && reach === "offline") return BY_REACH.offline;
  if (root instanceof CorsError) {
    return [BY_REACH.blocked[0], `Its CORS rule must expose ${root.expose.join(", ")}. Tell whoever runs it.`, "none"];
  }
  // The library checks arguments before it asks anybody.
  if (root.name === "TypeError" && root.message.startsWith("key must")) return BAD_NAME;
  return BY_NAME[root.name] ?? UNKNOWN;
}

function detailOf({ code, ec, requestId }: ServiceError): string {
  return [code, ec && `EC ${ec}`, requestId && `request ${requestId}`].filter(Boolean).join(" · ");
}
