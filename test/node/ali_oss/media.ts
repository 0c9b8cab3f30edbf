/** Processing, fetching from elsewhere, and live channels. */

import { PIXEL } from "../../conformance/support/images.ts";
import { assert } from "../../harness.ts";
import { codeOf } from "./client.ts";
import { BUCKET, type Step } from "./world.ts";

export const processing: Step = async (client) => {
  await client.put("img.jpg", Buffer.from(PIXEL));
  const saved = await client.processObjectSave("img.jpg", "small.jpg", "image/resize,w_100", BUCKET);
  assert.equal(saved.status, 200);
  assert.equal((await client.head("small.jpg")).res.status, 200);
  // The same call says so when it fails, but as a result: it names no status that counts as a success.
  assert.equal((await client.processObjectSave("missing.jpg", "small.jpg", "image/resize,w_100")).status, 404);
  await client.deleteMulti(["img.jpg", "small.jpg"]);
};

export const fetching: Step = async (client) => {
  const { taskId, status } = await client.postAsyncFetch("fetched.txt", "http://elsewhere.example/a.txt", {
    storageClass: "Standard",
  });
  assert.equal(status, 200);
  const task = await client.getAsyncFetch(taskId);
  assert.isString(task["state"]);
  assert.nestedPropertyVal(task, "taskInfo.url", "http://elsewhere.example/a.txt");
  assert.nestedPropertyVal(task, "taskInfo.object", "fetched.txt");
  assert.isDefined(await codeOf(client.getAsyncFetch("no-such-task")));
};

export const channels: Step = async (client, { accessKeyId }) => {
  const conf = {
    Description: "a channel",
    Status: "enabled",
    Target: { Type: "HLS", FragDuration: 5, FragCount: 3, PlaylistName: "list.m3u8" },
  };
  const { publishUrls, playUrls } = await client.putChannel("cam", conf);
  assert.match(String(publishUrls), /^rtmp:\/\/.*\/live\/cam$/);
  assert.match(String(playUrls), /\/cam\/list\.m3u8$/);
  assert.deepInclude((await client.getChannel("cam")).data, { Description: "a channel", Status: "enabled" });
  await client.putChannelStatus("cam", "disabled");
  assert.nestedPropertyVal(await client.getChannelStatus("cam"), "data.Status", "Disabled");
  await client.putChannelStatus("cam", "enabled");
  assert.nestedPropertyVal(await client.getChannelStatus("cam"), "data.Status", "Idle");
  assert.deepEqual((await client.getChannelHistory("cam"))["records"], []);
  const { channels: listed } = await client.listChannels({ prefix: "ca", "max-keys": 10 });
  assert.nestedPropertyVal(listed, "[0].Name", "cam");
  // Nobody sends a stream here: a segment is put where the channel would have put it.
  const now = Math.floor(Date.now() / 1000);
  const segment = `${(now - 600) * 1000}.ts`;
  await client.put(`cam/${segment}`, Buffer.from("a segment"));
  await client.createVod("cam", "vod.m3u8", { startTime: now - 3600, endTime: now - 60 });
  assert.include(String((await client.get("cam/vod.m3u8")).content), segment);
  assert.equal(
    await codeOf(client.createVod("cam", "vod.txt", { startTime: now - 60, endTime: now })),
    "InvalidArgument",
  );
  await client.deleteMulti([`cam/${segment}`, "cam/vod.m3u8"]);
  const url = new URL(client.getRtmpUrl("cam", { params: { playlistName: "list.m3u8" }, expires: 600 }));
  assert.deepEqual(
    [url.protocol, url.pathname, url.searchParams.get("OSSAccessKeyId")],
    ["rtmp:", "/live/cam", accessKeyId],
  );
  assert.equal((await client.deleteChannel("cam")).res.status, 204);
  assert.equal(await codeOf(client.getChannel("cam")), "NoSuchLiveChannel");
};
