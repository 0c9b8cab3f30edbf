/** Answers of the metadata index, with every field. */
import { doMetaQuery, getMetaQueryStatus } from "../../../src/mod.ts";
import { reads } from "../support/canned.ts";

reads(
  getMetaQueryStatus,
  {},
  {
    body: "<MetaQueryStatus><State>Running</State><Phase>FullScanning</Phase><CreateTime>2021-08-02T10:49:17.289372919+08:00</CreateTime><UpdateTime>2021-08-02T10:49:18+08:00</UpdateTime><MetaQueryMode>basic</MetaQueryMode></MetaQueryStatus>",
  },
  {
    state: "Running",
    phase: "FullScanning",
    createTime: new Date("2021-08-02T02:49:17.289Z"),
    updateTime: new Date("2021-08-02T02:49:18Z"),
    metaQueryMode: "basic",
  },
);

const FILE = `<File><URI>oss://b/v.mp4</URI><Filename>v.mp4</Filename><Size>344606</Size><FileModifiedTime>2021-06-29T15:04:05.000000000+08:00</FileModifiedTime>
<OSSObjectType>Symlink</OSSObjectType><OSSStorageClass>IA</OSSStorageClass><ObjectACL>private</ObjectACL><ETag>"D4"</ETag><OSSCRC64>13148124600293391618</OSSCRC64>
<ServerSideEncryption>AES256</ServerSideEncryption><ServerSideEncryptionCustomerAlgorithm>SM4</ServerSideEncryptionCustomerAlgorithm><ServerSideDataEncryption>SM4</ServerSideDataEncryption><ServerSideEncryptionKeyId>9468</ServerSideEncryptionKeyId>
<OSSTaggingCount>2</OSSTaggingCount><OSSTagging><Tagging><Key>owner</Key><Value>John</Value></Tagging><Tagging><Key>type</Key><Value> d </Value></Tagging></OSSTagging>
<OSSUserMeta><UserMeta><Key>address</Key><Value>hangzhou</Value></UserMeta></OSSUserMeta><OSSExpiration>2024-12-01T12:00:00.000Z</OSSExpiration>
<MediaType>video</MediaType><ContentType>video/mp4</ContentType><ContentDisposition>attachment</ContentDisposition><ContentEncoding>UTF-8</ContentEncoding><ContentLanguage>zh-CN</ContentLanguage><CacheControl>no-cache</CacheControl>
<AccessControlRequestMethod>PUT</AccessControlRequestMethod><AccessControlAllowOrigin>https://aliyundoc.com</AccessControlAllowOrigin>
<Title>test</Title><Album>FirstAlbum</Album><AlbumArtist>Jenny</AlbumArtist><Artist>Jane</Artist><Composer>Jim</Composer><Performer>Joe</Performer><ProduceTime>2021-06-24T18:29:00+08:00</ProduceTime><LatLong>30.134390,120.074997</LatLong>
<ImageHeight>500</ImageHeight><ImageWidth>270</ImageWidth><VideoHeight>1080</VideoHeight><VideoWidth>1920</VideoWidth><Bitrate>5407765</Bitrate><Duration>15.263</Duration>
<Addresses><Address><AddressLine>1 Road</AddressLine><Country>China</Country><Province>Zhejiang</Province><City>Hangzhou</City><District>Yuhang</District><Township>Wenyi</Township><Language>en-US</Language></Address></Addresses>
<AudioStreams><AudioStream><CodecName>aac</CodecName><Bitrate>320087</Bitrate><SampleRate>48000</SampleRate><StartTime>0.0235</StartTime><Duration>3.690667</Duration><Channels>2</Channels><Language>en</Language></AudioStream></AudioStreams>
<VideoStreams><VideoStream><CodecName>h264</CodecName><Language>en</Language><Bitrate>5407765</Bitrate><FrameRate>25/1</FrameRate><StartTime>0</StartTime><Duration>22.88</Duration><FrameCount>572</FrameCount><BitDepth>8</BitDepth><PixelFormat>yuv420p</PixelFormat><ColorSpace>bt709</ColorSpace><Height>720</Height><Width>1280</Width></VideoStream><VideoStream><CodecName>h264</CodecName></VideoStream></VideoStreams>
<Subtitles><Subtitle><CodecName>mov_text</CodecName><Language>en</Language><StartTime>0</StartTime><Duration>71.378</Duration></Subtitle></Subtitles>
<Insights><Video><Caption>a video</Caption><Description>a long video</Description></Video><Image><Caption>an image</Caption><Description>a wide image</Description></Image></Insights></File>`;

const READ = {
  uri: "oss://b/v.mp4",
  filename: "v.mp4",
  size: 344_606,
  fileModifiedTime: new Date("2021-06-29T07:04:05Z"),
  ossObjectType: "Symlink",
  ossStorageClass: "IA",
  objectAcl: "private",
  etag: '"D4"',
  ossCrc64: 13_148_124_600_293_391_618n,
  serverSideEncryption: "AES256",
  serverSideEncryptionCustomerAlgorithm: "SM4",
  serverSideDataEncryption: "SM4",
  serverSideEncryptionKeyId: "9468",
  ossTaggingCount: 2,
  ossTagging: [
    { key: "owner", value: "John" },
    { key: "type", value: " d " },
  ],
  ossUserMeta: [{ key: "address", value: "hangzhou" }],
  ossExpiration: "2024-12-01T12:00:00.000Z",
  mediaType: "video",
  contentType: "video/mp4",
  contentDisposition: "attachment",
  contentEncoding: "UTF-8",
  contentLanguage: "zh-CN",
  cacheControl: "no-cache",
  accessControlRequestMethod: "PUT",
  accessControlAllowOrigin: "https://aliyundoc.com",
  title: "test",
  album: "FirstAlbum",
  albumArtist: "Jenny",
  artist: "Jane",
  composer: "Jim",
  performer: "Joe",
  produceTime: new Date("2021-06-24T10:29:00Z"),
  latLong: "30.134390,120.074997",
  imageHeight: 500,
  imageWidth: 270,
  videoHeight: 1080,
  videoWidth: 1920,
  bitrate: 5_407_765,
  duration: 15.263,
  addresses: [
    {
      addressLine: "1 Road",
      country: "China",
      province: "Zhejiang",
      city: "Hangzhou",
      district: "Yuhang",
      township: "Wenyi",
      language: "en-US",
    },
  ],
  audioStreams: [
    {
      codecName: "aac",
      bitrate: 320_087,
      sampleRate: 48_000,
      startTime: 0.0235,
      duration: 3.690667,
      channels: 2,
      language: "en",
    },
  ],
  videoStreams: [
    {
      codecName: "h264",
      language: "en",
      bitrate: 5_407_765,
      frameRate: "25/1",
      startTime: 0,
      duration: 22.88,
      frameCount: 572,
      bitDepth: 8,
      pixelFormat: "yuv420p",
      colorSpace: "bt709",
      height: 720,
      width: 1280,
    },
    { codecName: "h264" },
  ],
  subtitles: [{ codecName: "mov_text", language: "en", startTime: 0, duration: 71.378 }],
  insights: {
    video: { caption: "a video", description: "a long video" },
    image: { caption: "an image", description: "a wide image" },
  },
};

reads(
  doMetaQuery,
  { metaQuery: "{}" },
  {
    body: `<MetaQuery><NextToken>MTIz</NextToken><Files>${FILE}</Files><Aggregations><Aggregation><Field>Size</Field><Operation>sum</Operation><Value>839794720</Value></Aggregation><Aggregation><Field>Size</Field><Operation>group</Operation><Groups><Group><Value>518</Value><Count>1</Count></Group></Groups></Aggregation></Aggregations></MetaQuery>`,
  },
  {
    nextToken: "MTIz",
    files: [READ],
    aggregations: [
      { field: "Size", operation: "sum", value: 839_794_720, groups: [] },
      { field: "Size", operation: "group", groups: [{ value: "518", count: 1 }] },
    ],
  },
);
