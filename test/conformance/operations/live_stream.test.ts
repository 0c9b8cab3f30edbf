/** What live channels get and store, against the in-process OSS; signed RTMP URLs. */
import {
  type ClientOptions,
  CredentialsError,
  createClient,
  getLiveChannelHistory,
  getLiveChannelStat,
  getObject,
  getVodPlaylist,
  postVodPlaylist,
  putLiveChannel,
  putLiveChannelStatus,
  putObject,
  signRtmpUrl,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const key = "cam";
const GONE = { status: 404, code: "NoSuchLiveChannel" };
const startTime = new Date(1_472_020_031_000);
const endTime = new Date(1_472_020_226_900);
const span = { startTime, endTime };
const prepare = ({ client }: Stage): Promise<unknown> => putLiveChannel(client, { key, target: { type: "HLS" } });

operationCase("GetLiveChannelStat", "tells a channel that nobody sends to", async (set) => {
  const { client } = set;
  await assertRefused(getLiveChannelStat(client, { key }), GONE);
  await prepare(set);
  assert.deepEqual(own(await getLiveChannelStat(client, { key }), 200), { channelStatus: "Idle" });
  await putLiveChannelStatus(client, { key, channelStatus: "disabled" });
  assert.deepEqual(own(await getLiveChannelStat(client, { key }), 200), { channelStatus: "Disabled" });
});

operationCase("GetLiveChannelHistory", "is empty before the first stream", async (set) => {
  await assertRefused(getLiveChannelHistory(set.client, { key }), GONE);
  await prepare(set);
  assert.deepEqual(own(await getLiveChannelHistory(set.client, { key }), 200), { liveRecords: [] });
});

/** Files as a stream leaves them: before, at, in, and after the span. */
async function streamed(set: Stage): Promise<void> {
  await prepare(set);
  for (const name of ["1472020030999", "1472020031000", "1472020225000", "1472020227000", "readme"])
    await putObject(set.client, { key: `cam/${name}.ts`, body: "x" });
  await putObject(set.client, { key: "cam2/1472020031001.ts", body: "x" });
}

const PLAYLIST = [
  "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TARGETDURATION:5",
  "#EXTINF:5.000,\n1472020031000.ts\n#EXTINF:5.000,\n1472020225000.ts\n#EXT-X-ENDLIST\n",
].join("\n");

operationCase("GetVodPlaylist", "tells the files of a time", async (set) => {
  await streamed(set);
  assert.deepEqual(own(await getVodPlaylist(set.client, { key, ...span }), 200), { playlist: PLAYLIST });
});

operationCase("PostVodPlaylist", "makes an object of the playlist", async (set) => {
  const { client } = set;
  await streamed(set);
  const { etag } = await postVodPlaylist(client, { key: "cam/day.m3u8", ...span });
  const stored = await getObject(client, { key: "cam/day.m3u8" });
  assert.deepEqual([stored.contentType, stored.etag], ["application/x-mpegURL", etag]);
  assert.equal(await stored.text(), PLAYLIST);
});

for (const [name, call, at] of [
  ["GetVodPlaylist", getVodPlaylist, "cam"],
  ["PostVodPlaylist", postVodPlaylist, "cam/day.m3u8"],
] as const) {
  test(`${name} refuses times that cannot be`, async () => {
    const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
    for (const times of [
      { startTime: endTime, endTime: startTime },
      { startTime, endTime: startTime },
      { startTime, endTime: new Date(startTime.getTime() + 86_401_000) },
      { startTime: new Date(Number.NaN), endTime },
    ]) {
      assert.instanceOf(await failureOf(call(client, { key: at, ...times })), RangeError);
    }
  });
}

operationCase("GetVodPlaylist", "fails with what is wrong", async (set) => {
  const { client } = set;
  await assertRefused(getVodPlaylist(client, { key, ...span }), GONE);
  await assertRefused(postVodPlaylist(client, { key: "cam/day.m3u8", ...span }), GONE);
  await prepare(set);
  const invalid = { status: 400, code: "InvalidArgument" };
  await assertRefused(postVodPlaylist(client, { key: "cam/day.txt", ...span }), invalid);
  await assertRefused(getVodPlaylist(client, { key, ...span, query: { startTime: "abc" } }), {
    ...{ ...invalid, ec: "0044-00000304" },
  });
  await assertRefused(getVodPlaylist(client, { key, ...span }), { ...invalid, ec: "0044-00000308" });
});

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
sends(getLiveChannelStat, "its name", { key }, { method: "GET", url: `${HOST}/cam?live&comp=stat` });
sends(getLiveChannelHistory, "its name", { key }, { method: "GET", url: `${HOST}/cam?live&comp=history` });
const TIMES = "startTime=1472020031&endTime=1472020226";
sends(getVodPlaylist, "whole seconds", { key, ...span }, { method: "GET", url: `${HOST}/cam?vod&${TIMES}` });
sends(
  postVodPlaylist,
  "whole seconds",
  { key: "cam/a b.m3u8", ...span, requestPayer: "requester" },
  { method: "POST", url: `${HOST}/cam/a%20b.m3u8?vod&${TIMES}`, headers: { "x-oss-request-payer": "requester" } },
);

reads(
  getLiveChannelStat,
  { key },
  {
    body:
      "<LiveChannelStat><Status>Live</Status><ConnectedTime>2016-08-25T06:25:15.000Z</ConnectedTime>" +
      "<RemoteAddr>10.1.2.3:47745</RemoteAddr><Video><Width>1280</Width><Height>536</Height><FrameRate>24</FrameRate>" +
      "<Bandwidth>0</Bandwidth><Codec>H264</Codec></Video><Audio><Bandwidth>1</Bandwidth><SampleRate>44100</SampleRate>" +
      "<Codec>ADPCM</Codec></Audio></LiveChannelStat>",
  },
  {
    channelStatus: "Live",
    connectedTime: new Date(Date.UTC(2016, 7, 25, 6, 25, 15)),
    remoteAddr: "10.1.2.3:47745",
    video: { width: 1280, height: 536, frameRate: 24, bandwidth: 0, codec: "H264" },
    audio: { bandwidth: 1, sampleRate: 44_100, codec: "ADPCM" },
  },
);
const RECORD = "<StartTime>2016-07-30T01:53:21.000Z</StartTime><EndTime>2016-07-30T01:53:31.000Z</EndTime>";
reads(
  getLiveChannelHistory,
  { key },
  {
    body: `<LiveChannelHistory><LiveRecord>${RECORD}<RemoteAddr>10.1.2.3:56861</RemoteAddr></LiveRecord></LiveChannelHistory>`,
  },
  {
    liveRecords: [
      {
        startTime: new Date(Date.UTC(2016, 6, 30, 1, 53, 21)),
        endTime: new Date(Date.UTC(2016, 6, 30, 1, 53, 31)),
        remoteAddr: "10.1.2.3:56861",
      },
    ],
  },
);
reads(getVodPlaylist, { key, ...span }, { body: "#EXTM3U\n" }, { playlist: "#EXTM3U\n" });
reads(postVodPlaylist, { key: "cam/a.m3u8", ...span }, { headers: { etag: '"E"' } }, { etag: '"E"' });

presignCase("GetLiveChannelStat", getLiveChannelStat, { prepare, input: { key } });
presignCase("GetLiveChannelHistory", getLiveChannelHistory, { prepare, input: { key } });
presignCase("GetVodPlaylist", getVodPlaylist, { prepare: streamed, input: { key, ...span } });
presignCase("PostVodPlaylist", postVodPlaylist, { prepare: streamed, input: { key: "cam/a.m3u8", ...span } });

const signer = (options: Partial<ClientOptions> = {}): ReturnType<typeof createClient> =>
  createClient({
    ...{ region: "cn-hangzhou", bucket: "photos", now: () => 1_700_000_000_123 },
    credentials: { accessKeyId: "id", accessKeySecret: "secret" },
    ...options,
  });
const RTMP = "rtmp://photos.oss-cn-hangzhou.aliyuncs.com/live";

for (const signatureVersion of ["v4", "v1"] as const) {
  test(`signRtmpUrl signs as V1, also for a client that speaks ${signatureVersion}`, async () => {
    const client = signer({ signatureVersion });
    const bare = await signRtmpUrl(client, { key }, { expiresIn: 3600 });
    const signature = "YqecSn4JLTM22WrkbJrSVdAkK5s%3D";
    assert.equal(bare.url, `${RTMP}/cam?OSSAccessKeyId=id&Expires=1700003600&Signature=${signature}`);
    assert.deepEqual(bare.expires, new Date(1_700_003_600_000));
    const named = await signRtmpUrl(client, { key, playlistName: "cam.m3u8" }, { expiresIn: 3600 });
    const end = "OSSAccessKeyId=id&Expires=1700003600&Signature=8bcMTqXDj4eWRWUkphMCfiBeBAM%3D";
    assert.equal(named.url, `${RTMP}/cam?playlistName=cam.m3u8&${end}`);
  });
}

test("signRtmpUrl covers the token and every parameter, in the order of their names", async () => {
  const expiration = new Date(1_700_000_050_000);
  const credentials = { accessKeyId: "id", accessKeySecret: "secret", securityToken: "to+ken", expiration };
  const input = { key: "c d", playlistName: "a b.m3u8", params: { "a-b": "2", a: "1" } };
  const { url, expires } = await signRtmpUrl(signer({ credentials }), input, { expiresIn: 60 });
  const query = "a=1&a-b=2&playlistName=a%20b.m3u8&security-token=to%2Bken&OSSAccessKeyId=id&Expires=1700000060";
  assert.equal(url, `${RTMP}/c%20d?${query}&Signature=UhkBxvuoD9pQV%2FMb%2F5lF67CDhpk%3D`);
  assert.deepEqual(expires, expiration);
});

const EXPIRED = { accessKeyId: "id", accessKeySecret: "secret", securityToken: "token" };

test("signRtmpUrl refuses what cannot work", async () => {
  for (const [client, input, expiresIn, kind] of [
    [signer(), { key: "" }, 60, TypeError],
    [signer(), { key }, 0, RangeError],
    [signer({ credentials: "anonymous" }), { key }, 60, CredentialsError],
    [signer({ credentials: { ...EXPIRED, expiration: new Date(0) } }), { key }, 60, CredentialsError],
  ] as const) {
    assert.instanceOf(await failureOf(signRtmpUrl(client, input, { expiresIn })), kind);
  }
});
