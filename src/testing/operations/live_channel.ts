/**
 * Live channels. Nobody sends streams here: a channel is idle or disabled, and its history is empty.
 * @module
 */
import type { BucketCall, ObjectCall } from "../call.ts";
import { orderOf, pageSize } from "../list_options.ts";
import { channelDocument, channelUrls, checkStatus, findChannel, keepChannel, readChannel } from "../live_channels.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { xmlDocument } from "../xml_write.ts";

async function putLiveChannel(call: ObjectCall): Promise<RouteAnswer> {
  if (call.key.includes("/")) throw new ServiceFault(400, "InvalidChannelName", "A channel's name holds no slash.");
  const channel = readChannel(call, await receiveText(call));
  await keepChannel(call, channel);
  return { body: xmlDocument("CreateLiveChannelResult", channelUrls(call, channel)) };
}

async function putLiveChannelStatus(call: ObjectCall): Promise<RouteAnswer> {
  const channel = findChannel(call, call.key);
  await keepChannel(call, { ...channel, status: checkStatus(call.query.get("status") ?? "") });
  return {};
}

function getLiveChannelInfo(call: ObjectCall): RouteAnswer {
  return { body: xmlDocument("LiveChannelConfiguration", channelDocument(findChannel(call, call.key))) };
}

function getLiveChannelStat(call: ObjectCall): RouteAnswer {
  const { status } = findChannel(call, call.key);
  return { body: xmlDocument("LiveChannelStat", { Status: status === "enabled" ? "Idle" : "Disabled" }) };
}

function getLiveChannelHistory(call: ObjectCall): RouteAnswer {
  findChannel(call, call.key);
  return { body: xmlDocument("LiveChannelHistory", {}) };
}

function listLiveChannel(call: BucketCall): RouteAnswer {
  const { query, bucket, service } = call;
  const prefix = query.get("prefix") ?? "";
  const marker = query.get("marker") ?? "";
  const max = pageSize(call, "max-keys", 100);
  const order = orderOf(service.settings);
  const found = Object.values(bucket.record.channels ?? {})
    .filter(({ name }) => name.startsWith(prefix) && (marker === "" || order(name, marker) > 0))
    .sort((a, b) => order(a.name, b.name));
  const page = found.slice(0, max);
  const truncated = found.length > max;
  const document = xmlDocument("ListLiveChannelResult", {
    Prefix: prefix,
    Marker: marker,
    MaxKeys: max,
    IsTruncated: truncated,
    NextMarker: truncated ? page[page.length - 1]?.name : undefined,
    LiveChannel: page.map((channel) => ({
      Name: channel.name,
      Description: channel.description,
      Status: channel.status,
      LastModified: new Date(channel.modified).toISOString(),
      ...channelUrls(call, channel),
    })),
  });
  return { body: document };
}

async function deleteLiveChannel(call: ObjectCall): Promise<RouteAnswer> {
  findChannel(call, call.key);
  await keepChannel(call, undefined);
  return { status: 204 };
}

type Run = (call: ObjectCall) => RouteAnswer | Promise<RouteAnswer>;

function row(operation: string, method: string, query: readonly string[], run: Run): Route {
  return { operation, method, scope: "object", query, access: "owner", run };
}

/** The rows of live channels. */
export const liveChannelRoutes: readonly Route[] = /* @__PURE__ */ [
  /* @__PURE__ */ row("PutLiveChannel", "PUT", ["live"], putLiveChannel),
  /* @__PURE__ */ row("PutLiveChannelStatus", "PUT", ["live", "status"], putLiveChannelStatus),
  /* @__PURE__ */ row("GetLiveChannelInfo", "GET", ["live"], getLiveChannelInfo),
  /* @__PURE__ */ row("GetLiveChannelStat", "GET", ["live", "comp=stat"], getLiveChannelStat),
  /* @__PURE__ */ row("GetLiveChannelHistory", "GET", ["live", "comp=history"], getLiveChannelHistory),
  /* @__PURE__ */ row("DeleteLiveChannel", "DELETE", ["live"], deleteLiveChannel),
  {
    operation: "ListLiveChannel",
    method: "GET",
    scope: "bucket",
    query: ["live"],
    access: "owner",
    run: listLiveChannel,
  },
];
