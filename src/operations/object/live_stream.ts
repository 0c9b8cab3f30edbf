/**
 * GetLiveChannelStat, GetLiveChannelHistory, PostVodPlaylist and GetVodPlaylist.
 * @module
 */
import { date, list, named, number, object, text } from "../../codec/shape.ts";
import { type ObjectInput, type Operation, operation, type Wire } from "../../core/operation.ts";
import { header, headerResult, resultOf, treeResult } from "../../core/response.ts";
import { checkInteger, need } from "../../core/validate.ts";
import type { OpenEnum, Result } from "../../types.ts";
import type { LiveChannelInput } from "./live_channel.ts";

/** The pictures of a stream. */
export interface LiveVideo {
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Pictures a second. */
  readonly frameRate?: number;
  /** Bytes a second. */
  readonly bandwidth?: number;
  readonly codec?: string;
}

/** The sound of a stream. */
export interface LiveAudio {
  /** Bytes a second. */
  readonly bandwidth?: number;
  /** Hertz. */
  readonly sampleRate?: number;
  readonly codec?: string;
}

/** Result of GetLiveChannelStat; all but the first only while a stream comes in. */
export interface GetLiveChannelStatResult extends Result {
  readonly channelStatus: OpenEnum<"Disabled" | "Live" | "Idle">;
  /** Since when the stream comes in. */
  readonly connectedTime?: Date;
  /** Address and port of the sender. */
  readonly remoteAddr?: string;
  readonly video?: LiveVideo;
  readonly audio?: LiveAudio;
}

/**
 * Reads whether a live channel is getting a stream, and which.
 * @throws ServiceError `NoSuchLiveChannel`
 * @example
 * ```ts
 * import { createClient, getLiveChannelStat, putLiveChannel } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * console.log((await getLiveChannelStat(client, { key: "cam" })).channelStatus); // Idle
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getlivechannelstat
 */
export const getLiveChannelStat: Operation<LiveChannelInput, GetLiveChannelStatResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetLiveChannelStat",
    method: "GET",
    scope: "object",
    subresource: "live",
    query: { comp: "stat" },
    result: treeResult("LiveChannelStat", {
      channelStatus: named("Status", text),
      connectedTime: date,
      remoteAddr: text,
      video: object<LiveVideo>({ width: number, height: number, frameRate: number, bandwidth: number, codec: text }),
      audio: object<LiveAudio>({ bandwidth: number, sampleRate: number, codec: text }),
    }),
  }),
);

/** One stream that a live channel got. */
export interface LiveRecord {
  readonly startTime?: Date;
  readonly endTime?: Date;
  /** Address and port of the sender. */
  readonly remoteAddr?: string;
}

/** Result of GetLiveChannelHistory. */
export interface GetLiveChannelHistoryResult extends Result {
  /** The last ten at most. */
  readonly liveRecords: readonly LiveRecord[];
}

/**
 * Reads which streams a live channel got.
 * @throws ServiceError `NoSuchLiveChannel`
 * @example
 * ```ts
 * import { createClient, getLiveChannelHistory, putLiveChannel } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * console.log((await getLiveChannelHistory(client, { key: "cam" })).liveRecords.length); // 0
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getlivechannelhistory
 */
export const getLiveChannelHistory: Operation<LiveChannelInput, GetLiveChannelHistoryResult> =
  /* @__PURE__ */ operation(() => ({
    name: "GetLiveChannelHistory",
    method: "GET",
    scope: "object",
    subresource: "live",
    query: { comp: "history" },
    result: treeResult("LiveChannelHistory", {
      liveRecords: named(
        "LiveRecord",
        list<LiveRecord>(object<LiveRecord>({ startTime: date, endTime: date, remoteAddr: text })),
      ),
    }),
  }));

/** A time span of at most a day. */
export interface VodSpan {
  /** Files that begin from here on (whole seconds). */
  readonly startTime: Date;
  /** Files that begin up to here, later than `startTime` by a day at most. */
  readonly endTime: Date;
}

const seconds = (time: Date): string => String(Math.floor(time.getTime() / 1000));
const spanWire = (): Wire<VodSpan> => ({
  startTime: ["?startTime", seconds],
  endTime: ["?endTime", seconds],
});
const span = (input: VodSpan): Record<never, never> => {
  need(input, "startTime", "endTime");
  const { startTime, endTime } = input;
  const start = Math.floor(startTime.getTime() / 1000);
  checkInteger("startTime", start, 0);
  checkInteger("endTime", Math.floor(endTime.getTime() / 1000), start + 1, start + 86_400);
  return {};
};

/** Input of PostVodPlaylist. */
export interface PostVodPlaylistInput extends ObjectInput, VodSpan {
  /** The playlist: the channel's name, `/`, and a name that ends in `.m3u8`. */
  readonly key: string;
}

/** Result of PostVodPlaylist. */
export interface PostVodPlaylistResult extends Result {
  readonly etag?: string;
}

/**
 * Makes a playlist of what a live channel stored in a time, as an object.
 * @throws ServiceError `NoSuchLiveChannel`, `InvalidArgument`
 * @throws RangeError when the times are in the wrong order or more than a day apart
 * @example
 * ```ts
 * import { createClient, postVodPlaylist, putLiveChannel, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * const [startTime, endTime] = [new Date(2026, 0, 1, 12), new Date(2026, 0, 1, 13)];
 * // What a stream leaves: the name is when the file begins.
 * await putObject(client, { key: `cam/${startTime.getTime()}.ts`, body: "..." });
 * await postVodPlaylist(client, { key: "cam/noon.m3u8", startTime, endTime });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/postvodplaylist
 */
export const postVodPlaylist: Operation<PostVodPlaylistInput, PostVodPlaylistResult> = /* @__PURE__ */ operation(
  () => ({
    name: "PostVodPlaylist",
    method: "POST",
    scope: "object",
    subresource: "vod",
    wire: spanWire(),
    request: span,
    result: headerResult({ etag: header("etag") }),
  }),
);

/** Input of GetVodPlaylist. */
export interface GetVodPlaylistInput extends LiveChannelInput, VodSpan {}

/** Result of GetVodPlaylist. */
export interface GetVodPlaylistResult extends Result {
  /** The text of the playlist, M3U8. */
  readonly playlist: string;
}

/**
 * Reads a playlist of what a live channel stored in a time, without making an object of it.
 * @throws ServiceError `NoSuchLiveChannel`, `InvalidArgument`
 * @throws RangeError when the times are in the wrong order or more than a day apart
 * @example
 * ```ts
 * import { createClient, getVodPlaylist, putLiveChannel, putObject } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * const [startTime, endTime] = [new Date(2026, 0, 1, 12), new Date(2026, 0, 1, 13)];
 * // What a stream leaves: the name is when the file begins.
 * await putObject(client, { key: `cam/${startTime.getTime()}.ts`, body: "..." });
 * console.log((await getVodPlaylist(client, { key: "cam", startTime, endTime })).playlist);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getvodplaylist
 */
export const getVodPlaylist: Operation<GetVodPlaylistInput, GetVodPlaylistResult> = /* @__PURE__ */ operation(() => ({
  name: "GetVodPlaylist",
  method: "GET",
  scope: "object",
  subresource: "vod",
  wire: spanWire(),
  request: span,
  result: async (response, _, watch) => ({ ...resultOf(response), playlist: await watch.text() }),
}));
