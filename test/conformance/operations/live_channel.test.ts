/** Live channels against the in-process OSS. */
import {
  deleteBucket,
  deleteLiveChannel,
  each,
  getLiveChannelInfo,
  getLiveChannelStat,
  listLiveChannel,
  type PutLiveChannelInput,
  putLiveChannel,
  putLiveChannelStatus,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const key = "cam-1";
const target = { type: "HLS" } as const;
const full = {
  description: 'The "front" & <back> door',
  channelStatus: "disabled",
  target: { type: "HLS", fragDuration: 2, fragCount: 7, playlistName: "door.m3u8" },
  snapshot: { roleName: "role", destBucket: "shots", notifyTopic: "topic", interval: 5 },
} as const;
const GONE = { status: 404, code: "NoSuchLiveChannel" };

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutLiveChannel",
    `is what GetLiveChannelInfo reads (${signatureVersion})`,
    async ({ client, bucket }) => {
      const { publishUrls, playUrls } = await putLiveChannel(client, { key, ...full });
      assert.match(publishUrls[0] ?? "", new RegExp(`^rtmp://${bucket}\\.oss-[a-z0-9-]+\\.aliyuncs\\.com/live/cam-1$`));
      assert.match(playUrls[0] ?? "", new RegExp(`^http://${bucket}\\.\\S+/cam-1/door\\.m3u8$`));
      assert.deepEqual<unknown>(own(await getLiveChannelInfo(client, { key }), 200), full);
      await putLiveChannel(client, { key, target });
      assert.deepEqual<unknown>(own(await getLiveChannelInfo(client, { key }), 200), {
        description: "",
        channelStatus: "enabled",
        target: { type: "HLS", fragDuration: 5, fragCount: 3, playlistName: "playlist.m3u8" },
      });
    },
    { client: { signatureVersion } },
  );
}

operationCase("PutLiveChannel", "fails with what is wrong", async ({ client, oss }) => {
  const put = (input: Partial<PutLiveChannelInput>): Promise<unknown> =>
    putLiveChannel(client, { key, target, ...input });
  const { snapshot } = full;
  for (const [input, ec] of [
    [{ channelStatus: "live" }, "0044-00000002"],
    [{ target: { type: "DASH" } }, "0044-00000013"],
    [{ target: { ...target, fragCount: 101 } }, "0044-00000015"],
    [{ target: { ...target, fragDuration: 0 } }, undefined],
    [{ target: { ...target, playlistName: "a.txt" } }, undefined],
    [{ snapshot: { ...snapshot, notifyTopic: "" } }, "0044-00000006"],
    [{ description: "x".repeat(129) }, undefined],
  ] as const) {
    await assertRefused(put(input), { status: 400, code: "InvalidArgument", ...(ec && { ec }) });
  }
  await assertRefused(put({ key: "a/b" }), { status: 400, code: "InvalidChannelName" });
  const before = oss.requests.length;
  assert.instanceOf(await failureOf(putLiveChannel(client, { key } as PutLiveChannelInput)), TypeError);
  assert.lengthOf(oss.requests, before);
});

operationCase("PutLiveChannelStatus", "enables and disables", async ({ client, oss }) => {
  await assertRefused(putLiveChannelStatus(client, { key, channelStatus: "enabled" }), GONE);
  await putLiveChannel(client, { key, ...full });
  assert.deepEqual(own(await putLiveChannelStatus(client, { key, channelStatus: "enabled" }), 200), {});
  assert.deepEqual<unknown>(own(await getLiveChannelInfo(client, { key }), 200), { ...full, channelStatus: "enabled" });
  assert.equal((await getLiveChannelStat(client, { key })).channelStatus, "Idle");
  const wrong = putLiveChannelStatus(client, { key, channelStatus: "live" });
  await assertRefused(wrong, { status: 400, code: "InvalidArgument" });
  const before = oss.requests.length;
  assert.instanceOf(await failureOf(putLiveChannelStatus(client, { key, channelStatus: "" })), TypeError);
  assert.lengthOf(oss.requests, before);
});

operationCase("GetLiveChannelInfo", "needs a channel", async ({ client }) => {
  await assertRefused(getLiveChannelInfo(client, { key }), GONE);
});

operationCase("ListLiveChannel", "lists by name, page by page", async ({ client }) => {
  for (const name of ["b", "a2", "a1", "\u{1F600}"]) await putLiveChannel(client, { key: name, target });
  const { liveChannels, ...rest } = own(await listLiveChannel(client, { prefix: "a", maxKeys: 1 }), 200);
  assert.deepEqual(rest, { isTruncated: true, nextMarker: "a1", marker: "", maxKeys: 1, prefix: "a" });
  const [{ lastModified, publishUrls, playUrls, ...found } = assert.fail("no channel")] = liveChannels;
  assert.deepEqual<unknown>(found, { name: "a1", description: "", channelStatus: "enabled" });
  assert.instanceOf(lastModified, Date);
  assert.lengthOf([...publishUrls, ...playUrls], 2);
  const names: string[] = [];
  for await (const { name } of each(client, listLiveChannel, { maxKeys: 1 })) names.push(name);
  assert.deepEqual(names, ["a1", "a2", "b", "\u{1F600}"]);
  for (const maxKeys of [0, 1.5, 1001])
    assert.instanceOf(await failureOf(listLiveChannel(client, { maxKeys })), RangeError);
  const many = listLiveChannel(client, { query: { "max-keys": "1001" } });
  await assertRefused(many, { status: 400, code: "InvalidArgument" });
});

operationCase("DeleteLiveChannel", "lets the bucket go", async ({ client }) => {
  await putLiveChannel(client, { key, target });
  await assertRefused(deleteBucket(client, {}), { status: 409, code: "BucketNotEmpty", ec: "0015-00000301" });
  assert.deepEqual(own(await deleteLiveChannel(client, { key }), 204), {});
  await assertRefused(deleteLiveChannel(client, { key }), GONE);
  assert.lengthOf((await listLiveChannel(client, {})).liveChannels, 0);
  await deleteBucket(client, {});
});

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const PAYER = { "x-oss-request-payer": "requester" };
const DOCUMENT =
  "<LiveChannelConfiguration><Description>The &quot;front&quot; &amp; &lt;back&gt; door</Description>" +
  "<Status>disabled</Status><Target><Type>HLS</Type><FragDuration>2</FragDuration><FragCount>7</FragCount>" +
  "<PlaylistName>door.m3u8</PlaylistName></Target><Snapshot><RoleName>role</RoleName><DestBucket>shots</DestBucket>" +
  "<NotifyTopic>topic</NotifyTopic><Interval>5</Interval></Snapshot></LiveChannelConfiguration>";

sends(
  putLiveChannel,
  "every input",
  { key, ...full, requestPayer: "requester" },
  {
    method: "PUT",
    url: `${HOST}/cam-1?live`,
    headers: { ...PAYER, "content-type": "application/xml" },
    body: HEAD + DOCUMENT,
  },
);
sends(
  putLiveChannelStatus,
  "the status as a parameter",
  { key, channelStatus: "disabled", requestPayer: "requester" },
  { method: "PUT", url: `${HOST}/cam-1?live&status=disabled`, headers: PAYER },
);
sends(getLiveChannelInfo, "its name", { key }, { method: "GET", url: `${HOST}/cam-1?live` });
sends(deleteLiveChannel, "its name", { key }, { method: "DELETE", url: `${HOST}/cam-1?live` });
sends(
  listLiveChannel,
  "every input",
  { prefix: "a b", marker: "c", maxKeys: 10, requestPayer: "requester" },
  { method: "GET", url: `${HOST}/?live&prefix=a%20b&marker=c&max-keys=10`, headers: PAYER },
);

const URLS =
  "<PublishUrls><Url>rtmp://b/live/cam</Url></PublishUrls><PlayUrls><Url>http://b/cam/1.m3u8</Url><Url>http://c/</Url></PlayUrls>";
const urls = { publishUrls: ["rtmp://b/live/cam"], playUrls: ["http://b/cam/1.m3u8", "http://c/"] };
reads(putLiveChannel, { key, target }, { body: `<CreateLiveChannelResult>${URLS}</CreateLiveChannelResult>` }, urls);
reads(getLiveChannelInfo, { key }, { body: DOCUMENT }, full);
reads(
  listLiveChannel,
  {},
  {
    body:
      "<ListLiveChannelResult><Prefix>p</Prefix><Marker>m</Marker><MaxKeys>1</MaxKeys><IsTruncated>true</IsTruncated>" +
      "<NextMarker>cam</NextMarker><LiveChannel><Name>cam</Name><Description>d</Description><Status>disabled</Status>" +
      `<LastModified>2016-07-30T01:53:21.000Z</LastModified>${URLS}</LiveChannel></ListLiveChannelResult>`,
  },
  {
    ...{ prefix: "p", marker: "m", maxKeys: 1, isTruncated: true, nextMarker: "cam" },
    liveChannels: [
      {
        ...{ name: "cam", description: "d", channelStatus: "disabled" },
        lastModified: new Date(Date.UTC(2016, 6, 30, 1, 53, 21)),
        ...urls,
      },
    ],
  },
);

const prepare = ({ client }: Stage): Promise<unknown> => putLiveChannel(client, { key, target });
presignCase("PutLiveChannel", putLiveChannel, { input: { key, target }, body: new TextEncoder().encode(DOCUMENT) });
presignCase("PutLiveChannelStatus", putLiveChannelStatus, { prepare, input: { key, channelStatus: "disabled" } });
presignCase("GetLiveChannelInfo", getLiveChannelInfo, { prepare, input: { key } });
presignCase("ListLiveChannel", listLiveChannel, { input: { prefix: "a b" } });
presignCase("DeleteLiveChannel", deleteLiveChannel, { prepare, input: { key }, status: 204 });
