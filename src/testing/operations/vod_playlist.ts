/**
 * Playlists of what a live channel stored: its `.ts` objects, whose names tell when they begin (milliseconds).
 * @module
 */
import { encodeUtf8 } from "../../codec/utf8.ts";
import { invalidArgument, type ObjectCall } from "../call.ts";
import { encryptionOf } from "../encryption.ts";
import { findChannel } from "../live_channels.ts";
import { receive } from "../receive.ts";
import type { Route } from "../routes.ts";
import type { RouteAnswer } from "../wire.ts";
import { storeObject, wholeSeconds } from "./put_object.ts";

const DAY = 86_400;
const TYPE = "application/x-mpegURL";

function seconds(call: ObjectCall, name: string, ec: string): number {
  const text = call.query.get(name) ?? "";
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw invalidArgument(name, text, `${name} is a time in seconds since 1970.`, ec);
}

/** The playlist of a channel for the times of a request. */
function playlist(call: ObjectCall, name: string): string {
  const start = seconds(call, "startTime", "0044-00000304");
  const end = seconds(call, "endTime", "0044-00000305");
  if (end <= start || end - start > DAY) {
    const ec = end <= start ? "0044-00000306" : "0044-00000307";
    throw invalidArgument("endTime", String(end), "endTime lies after startTime, by a day at most.", ec);
  }
  const { fragDuration } = findChannel(call, name);
  const files: string[] = [];
  const folder = `${name}/`;
  for (const [key] of call.bucket.objects.from((other) => other < folder)) {
    if (!key.startsWith(folder)) break;
    const [file = "", time] = /^(\d+)\.ts$/.exec(key.slice(folder.length)) ?? [];
    const begin = Number(time) / 1000;
    if (time !== undefined && begin >= start && begin <= end)
      files.push(`#EXTINF:${fragDuration.toFixed(3)},\n${file}`);
  }
  if (files.length === 0) {
    throw invalidArgument("startTime", String(start), "The channel got no stream in that time.", "0044-00000308");
  }
  const head = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-MEDIA-SEQUENCE:0", `#EXT-X-TARGETDURATION:${fragDuration}`];
  return [...head, ...files, "#EXT-X-ENDLIST", ""].join("\n");
}

function getVodPlaylist(call: ObjectCall): RouteAnswer {
  return { headers: { "content-type": TYPE }, body: playlist(call, call.key) };
}

async function postVodPlaylist(call: ObjectCall): Promise<RouteAnswer> {
  const { bucket, key } = call;
  const [, name = "", file = ""] = /^([^/]+)\/([^/]+)$/.exec(key) ?? [];
  if (!/.\.m3u8$/.test(file)) {
    const message = "A playlist is a channel, a slash, and a name that ends in .m3u8.";
    throw invalidArgument("PlaylistName", file, message, "0044-00000403");
  }
  const text = encodeUtf8(playlist(call, name));
  const { content, crc64, etag, md5 } = await receive(call, new Response(text).body);
  const { storageClass } = bucket.record;
  const facts = { etag, crc64, md5, modified: wholeSeconds(call.now), storageClass, encryption: encryptionOf(call) };
  const headers = { "content-type": TYPE };
  await storeObject(call, bucket, { key, content, type: "Normal", acl: "default", headers, ...facts }, undefined);
  return { headers: { etag } };
}

/** The rows of playlists. */
export const vodPlaylistRoutes: readonly Route[] = [
  {
    operation: "PostVodPlaylist",
    method: "POST",
    scope: "object",
    query: ["vod"],
    access: "owner",
    run: postVodPlaylist,
  },
  { operation: "GetVodPlaylist", method: "GET", scope: "object", query: ["vod"], access: "owner", run: getVodPlaylist },
];
