/**
 * PutLiveChannel, PutLiveChannelStatus, GetLiveChannelInfo, ListLiveChannel and DeleteLiveChannel.
 * @module
 */
import { boolean, date, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import { type BaseInput, type ObjectInput, type Operation, operation } from "../../core/operation.ts";
import { type ListOperation, listOperation } from "../../core/pages.ts";
import { emptyResult, treeResult } from "../../core/response.ts";
import type { OpenEnum, Result } from "../../types.ts";
import { xmlBody } from "../document_body.ts";
import { pageSizeWire } from "../fields.ts";
import { required } from "../required.ts";

/** Whether a live channel takes streams. */
export type LiveChannelStatus = OpenEnum<"enabled" | "disabled">;

/** How a live channel stores what it gets. */
export interface LiveChannelTarget {
  readonly type: OpenEnum<"HLS">;
  /** Seconds of each `.ts` file, 1 to 100; given together with `fragCount`. @default 5, the service's */
  readonly fragDuration?: number | undefined;
  /** Files in the playlist, 1 to 100. @default 3, the service's */
  readonly fragCount?: number | undefined;
  /** The playlist's name, 6 to 128 bytes that end in `.m3u8`. @default "playlist.m3u8", the service's */
  readonly playlistName?: string | undefined;
}

/** Snapshots of a stream, taken at short intervals. */
export interface LiveChannelSnapshot {
  /** The RAM role that writes the snapshots and sends the messages. */
  readonly roleName: string;
  /** Where the snapshots go: a bucket of the same owner. */
  readonly destBucket: string;
  /** The topic of Message Service that is told. */
  readonly notifyTopic: string;
  /** Seconds between snapshots, 1 to 100. */
  readonly interval: number;
}

/** The configuration of a live channel. */
export interface LiveChannelConfiguration {
  /** At most 128 bytes. */
  readonly description?: string | undefined;
  /** @default "enabled", the service's */
  readonly channelStatus?: LiveChannelStatus | undefined;
  readonly target: LiveChannelTarget;
  readonly snapshot?: LiveChannelSnapshot | undefined;
}

/** Input of calls on one live channel: its name is the `key`, which holds no `/`. */
export interface LiveChannelInput extends ObjectInput {}

/** Input of PutLiveChannel. */
export interface PutLiveChannelInput extends LiveChannelInput, LiveChannelConfiguration {}

/** Result of PutLiveChannel. */
export interface PutLiveChannelResult extends Result {
  /** Where streams are sent to, unsigned: `signRtmpUrl` signs them. */
  readonly publishUrls: readonly string[];
  readonly playUrls: readonly string[];
}

const status = () => named("Status", text);
const urls = (kind: string) => named(`${kind}/Url`, list<string>(text));

const configuration = (): Shape<LiveChannelConfiguration> => ({
  description: text,
  channelStatus: status(),
  target: object<LiveChannelTarget>({ type: text, fragDuration: number, fragCount: number, playlistName: text }),
  snapshot: object<LiveChannelSnapshot>({ roleName: text, destBucket: text, notifyTopic: text, interval: number }),
});

/**
 * Makes a live channel, or configures it anew: streams sent to it by RTMP become HLS files in the bucket.
 * @throws ServiceError `InvalidArgument`, `NoSuchBucket`
 * @example
 * ```ts
 * import { createClient, putLiveChannel } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const { publishUrls } = await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * console.log(publishUrls[0]); // rtmp://photos.oss-cn-hangzhou.aliyuncs.com/live/cam
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putlivechannel
 */
export const putLiveChannel: Operation<PutLiveChannelInput, PutLiveChannelResult> = /* @__PURE__ */ operation(() => ({
  name: "PutLiveChannel",
  method: "PUT",
  scope: "object",
  subresource: "live",
  wire: configuration(),
  body: xmlBody("LiveChannelConfiguration", "target"),
  result: treeResult("CreateLiveChannelResult", { publishUrls: urls("PublishUrls"), playUrls: urls("PlayUrls") }),
}));

/** Input of PutLiveChannelStatus. */
export interface PutLiveChannelStatusInput extends LiveChannelInput {
  readonly channelStatus: LiveChannelStatus;
}

/**
 * Enables or disables a live channel; disabling ends the stream that it gets.
 * @throws ServiceError `NoSuchLiveChannel`, `InvalidArgument`
 * @example
 * ```ts
 * import { createClient, putLiveChannel, putLiveChannelStatus } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * await putLiveChannelStatus(client, { key: "cam", channelStatus: "disabled" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putlivechannelstatus
 */
export const putLiveChannelStatus: Operation<PutLiveChannelStatusInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "PutLiveChannelStatus",
  method: "PUT",
  scope: "object",
  subresource: "live",
  wire: { channelStatus: "?status" },
  request: required("channelStatus"),
  result: emptyResult,
}));

/** Result of GetLiveChannelInfo. */
export interface GetLiveChannelInfoResult extends Result, LiveChannelConfiguration {}

/**
 * Reads the configuration of a live channel.
 * @throws ServiceError `NoSuchLiveChannel`
 * @example
 * ```ts
 * import { createClient, getLiveChannelInfo, putLiveChannel } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * console.log((await getLiveChannelInfo(client, { key: "cam" })).target.playlistName); // playlist.m3u8
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getlivechannelinfo
 */
export const getLiveChannelInfo: Operation<LiveChannelInput, GetLiveChannelInfoResult> = /* @__PURE__ */ operation(
  () => ({
    name: "GetLiveChannelInfo",
    method: "GET",
    scope: "object",
    subresource: "live",
    result: treeResult("LiveChannelConfiguration", configuration()),
  }),
);

/** A live channel as lists show it. */
export interface LiveChannel {
  readonly name: string;
  readonly description?: string;
  readonly channelStatus?: LiveChannelStatus;
  readonly lastModified?: Date;
  readonly publishUrls: readonly string[];
  readonly playUrls: readonly string[];
}

/** Input of ListLiveChannel. */
export interface ListLiveChannelInput extends BaseInput {
  readonly prefix?: string | undefined;
  /** Only names after it. */
  readonly marker?: string | undefined;
  /** Channels a page, 1 to 1,000. @default 100, the service's */
  readonly maxKeys?: number | undefined;
}

/** Result of ListLiveChannel. */
export interface ListLiveChannelResult extends Result {
  readonly liveChannels: readonly LiveChannel[];
  readonly isTruncated: boolean;
  readonly nextMarker?: string;
  readonly marker?: string;
  readonly maxKeys?: number;
  readonly prefix?: string;
}

/**
 * Lists one page of the bucket's live channels, by name.
 * @throws ServiceError `NoSuchBucket`, `AccessDenied`
 * @example
 * ```ts
 * import { createClient, each, listLiveChannel } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * for await (const channel of each(client, listLiveChannel, { prefix: "cam" })) console.log(channel.name);
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/listlivechannel
 */
export const listLiveChannel: ListOperation<ListLiveChannelInput, ListLiveChannelResult, LiveChannel> =
  /* @__PURE__ */ listOperation(
    () => ({
      name: "ListLiveChannel",
      method: "GET",
      subresource: "live",
      wire: { prefix: "?prefix", marker: "?marker", maxKeys: pageSizeWire("maxKeys", "?max-keys") },
      result: treeResult("ListLiveChannelResult", {
        liveChannels: named(
          "LiveChannel",
          list<LiveChannel>(
            object<LiveChannel>({
              name: text,
              description: text,
              channelStatus: status(),
              lastModified: date,
              publishUrls: urls("PublishUrls"),
              playUrls: urls("PlayUrls"),
            }),
          ),
        ),
        isTruncated: boolean,
        nextMarker: text,
        marker: text,
        maxKeys: number,
        prefix: text,
      }),
    }),
    {
      next: ({ isTruncated, nextMarker }) => (isTruncated ? { marker: nextMarker } : undefined),
      items: ({ liveChannels }) => liveChannels,
    },
  );

/**
 * Deletes a live channel, not the files that it made; it must not be getting a stream.
 * @throws ServiceError `NoSuchLiveChannel`
 * @example
 * ```ts
 * import { createClient, deleteLiveChannel, putLiveChannel } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putLiveChannel(client, { key: "cam", target: { type: "HLS" } });
 * await deleteLiveChannel(client, { key: "cam" });
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/deletelivechannel
 */
export const deleteLiveChannel: Operation<LiveChannelInput, Result> = /* @__PURE__ */ operation(() => ({
  name: "DeleteLiveChannel",
  method: "DELETE",
  scope: "object",
  subresource: "live",
  result: emptyResult,
}));
