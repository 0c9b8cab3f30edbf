/**
 * Video and audio processing.
 * @module
 */
import { type ActionChain, chain } from "./chain.ts";
import type {
  AnimationOptions,
  AudioConvertOptions,
  SnapshotOptions,
  SnapshotsOptions,
  VideoConvertOptions,
} from "./media_options.ts";

/** A chain of video actions. All but `snapshot` and `info` are for `asyncProcessObject`, with `saveAs`. */
export interface VideoProcessing extends ActionChain<VideoProcessing> {
  snapshot(options: SnapshotOptions): VideoProcessing;
  /** Asks for streams, codecs and length, as JSON. */
  info(): VideoProcessing;
  convert(options: VideoConvertOptions): VideoProcessing;
  animation(options: AnimationOptions): VideoProcessing;
  snapshots(options: SnapshotsOptions): VideoProcessing;
}

/** A chain of audio actions. */
export interface AudioProcessing extends ActionChain<AudioProcessing> {
  /** Asks for streams, codecs and length, as JSON. */
  info(): AudioProcessing;
  /** For `asyncProcessObject`, with `saveAs`. */
  convert(options: AudioConvertOptions): AudioProcessing;
}

/**
 * Begins a chain of video processing.
 * @returns a chain without actions
 * @throws RangeError | TypeError from its methods, naming argument and value
 * @example
 * ```ts
 * import { video } from "oss-fetch";
 * console.log(String(video().snapshot({ time: 7000, format: "jpg", width: 800 })));
 * console.log(String(video().convert({ format: "mp4", crf: 26 }).saveAs({ key: "small.mp4" }).notify("done")));
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/video-snapshots
 */
export function video(): VideoProcessing {
  const frames = "fps:fps:1:240 start:ss:0 interval:inter:0 number:num:0 width:w:0 height:h:0 scaleType:scaletype";
  return chain("video", {
    snapshot: "time:t:0 format:f width:w:0 height:h:0 mode:m autoRotate:ar",
    info: "",
    convert:
      "format:f start:ss:0 duration:t:0 videoCodec:vcodec fps:fps:1:240 size:s scaleType:scaletype videoBitrate:vb:10000:100000000 crf:crf:0:51 videoDisabled:vn audioCodec:acodec sampleRate:ar:1 channels:ac:1:8 audioBitrate:ab:1000:10000000 audioDisabled:an subtitleDisabled:sn",
    animation: `format:f ${frames}`,
    snapshots: `format:f ${frames}`,
  });
}

/**
 * Begins a chain of audio processing.
 * @returns a chain without actions
 * @throws RangeError | TypeError from its methods, naming argument and value
 * @example
 * ```ts
 * import { audio } from "oss-fetch";
 * console.log(String(audio().convert({ format: "mp3", bitrate: 128_000 }).saveAs({ key: "song.mp3" })));
 * ```
 * @see https://www.alibabacloud.com/help/en/oss/user-guide/audio-transcoding
 */
export function audio(): AudioProcessing {
  return chain("audio", {
    info: "",
    convert:
      "format:f start:ss:0 duration:t:0 sampleRate:ar:1 channels:ac:1:8 quality:aq:0:100 bitrate:ab:1000:10000000",
  });
}
