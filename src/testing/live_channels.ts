/**
 * Live channels: found, kept, read from their documents, and written into them.
 * @module
 */
import { type BucketCall, invalidArgument, type ObjectCall } from "./call.ts";
import type { LiveChannelRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { childText, readXml, type XmlNode } from "./xml_read.ts";
import type { XmlValue } from "./xml_write.ts";

/**
 * The channel of a name.
 * @throws ServiceFault NoSuchLiveChannel
 */
export function findChannel({ bucket, bucketName }: BucketCall, name: string): LiveChannelRecord {
  const channels = bucket.record.channels ?? {};
  const channel = Object.hasOwn(channels, name) ? channels[name] : undefined;
  if (channel !== undefined) return channel;
  throw new ServiceFault(404, "NoSuchLiveChannel", "The specified live channel does not exist.", {
    extras: { BucketName: bucketName, ChannelName: name },
  });
}

/** Keeps a channel with its bucket, or drops it. */
export async function keepChannel(call: ObjectCall, channel: LiveChannelRecord | undefined): Promise<void> {
  const { record } = call.bucket;
  const { [call.key]: _, ...channels } = record.channels ?? {};
  const all = channel === undefined ? channels : { ...channels, [call.key]: channel };
  await call.service.state.putBucket({ ...record, channels: all });
}

/**
 * Checks a channel's status.
 * @throws ServiceFault InvalidArgument
 */
export function checkStatus(status: string): string {
  if (status === "enabled" || status === "disabled") return status;
  throw invalidArgument("Status", status, "The status of a live channel is enabled or disabled.", "0044-00000002");
}

/** A whole number from 1 to 100. */
function count(node: XmlNode | undefined, name: string, otherwise: number, ec?: string): number {
  const text = node && childText(node, name);
  if (text === undefined) return otherwise;
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 100) return Number(text);
  throw invalidArgument(name, text, `${name} is a whole number from 1 to 100.`, ec);
}

function readSnapshot(nodes: readonly XmlNode[]): LiveChannelRecord["snapshot"] {
  const [node] = nodes;
  if (node === undefined) return undefined;
  if (nodes.length > 1) throw invalidArgument("Snapshot", "", "There may be one Snapshot.", "0044-00000003");
  const found: Record<string, string> = {};
  for (const name of ["RoleName", "DestBucket", "NotifyTopic"]) {
    const text = childText(node, name) ?? "";
    const ec = name === "NotifyTopic" ? "0044-00000006" : undefined;
    if (text === "") throw invalidArgument(name, text, `The ${name} of a Snapshot is missing.`, ec);
    found[name] = text;
  }
  return { ...found, Interval: String(count(node, "Interval", 0)) };
}

/**
 * Reads a channel's configuration.
 * @param call the request
 * @param text the document
 * @throws ServiceFault InvalidArgument, MalformedXML
 */
export function readChannel(call: ObjectCall, text: string): LiveChannelRecord {
  const root = readXml(text, "LiveChannelConfiguration");
  const target = root.children.find(({ name }) => name === "Target");
  const type = (target && childText(target, "Type")) ?? "";
  if (type !== "HLS") throw invalidArgument("Type", type, "The type of a live channel is HLS.", "0044-00000013");
  const description = childText(root, "Description") ?? "";
  if (description.length > 128) throw invalidArgument("Description", description, "The description is too long.");
  const playlistName = (target && childText(target, "PlaylistName")) || "playlist.m3u8";
  if (!/^.{1,123}\.m3u8$/.test(playlistName)) {
    throw invalidArgument("PlaylistName", playlistName, "The playlist's name is 6 to 128 bytes that end in .m3u8.");
  }
  return {
    name: call.key,
    description,
    status: checkStatus(childText(root, "Status") || "enabled"),
    fragDuration: count(target, "FragDuration", 5),
    fragCount: count(target, "FragCount", 3, "0044-00000015"),
    playlistName,
    snapshot: readSnapshot(root.children.filter(({ name }) => name === "Snapshot")),
    modified: Math.floor(call.now / 1000) * 1000,
  };
}

/** The configuration of a channel, as its document says it. */
export function channelDocument(channel: LiveChannelRecord): XmlValue {
  const { description, status, fragDuration, fragCount, playlistName, snapshot } = channel;
  const target = { Type: "HLS", FragDuration: fragDuration, FragCount: fragCount, PlaylistName: playlistName };
  return { Description: description, Status: status, Target: target, Snapshot: snapshot };
}

/** Where streams go to, and where they are played. */
export function channelUrls({ bucket, bucketName }: BucketCall, channel: LiveChannelRecord): Record<string, XmlValue> {
  const host = `${bucketName}.oss-${bucket.record.region}.aliyuncs.com`;
  return {
    PublishUrls: { Url: `rtmp://${host}/live/${channel.name}` },
    PlayUrls: { Url: `http://${host}/${channel.name}/${channel.playlistName}` },
  };
}
