/**
 * Video and audio processing.
 * @module
 */
import type { OpenEnum } from "../../types.ts";
import { type ActionChain, chain } from "./chain.ts";

/** Which frame of a video is wanted. */
export interface SnapshotOptions {
  /** Milliseconds from the beginning. */
  readonly time: number;
  readonly format?: OpenEnum<"jpg" | "png"> | undefined;
  /** Pixels; 0 follows from the other side. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** `fast`: the last key frame before `time`. */
  readonly mode?: OpenEnum<"fast"> | undefined;
  readonly autoRotate?: OpenEnum<"auto" | "w" | "h"> | undefined;
}

/** How frames are taken from a video: those from `start` on, each `interval`, at most `number`. */
export interface SnapshotsOptions {
  readonly format?: OpenEnum<"jpg" | "png"> | undefined;
  /** Milliseconds. */
  readonly start?: number | undefined;
  readonly interval?: number | undefined;
  readonly number?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly scaleType?: OpenEnum<"crop" | "stretch" | "fill" | "fit"> | undefined;
}

/** An animated image of a video. */
export interface AnimationOptions extends Omit<SnapshotsOptions, "format"> {
  readonly format?: OpenEnum<"gif" | "webp"> | undefined;
  readonly fps?: number | undefined;
}

/** Sound of a converted file. */
export interface AudioConvertOptions {
  readonly format: OpenEnum<"mp3" | "aac" | "flac" | "oga" | "ac3" | "opus" | "amr">;
  /** Milliseconds. */
  readonly start?: number | undefined;
  readonly duration?: number | undefined;
  /** Hertz. */
  readonly sampleRate?: number | undefined;
  readonly channels?: number | undefined;
  /** 0 to 100. */
  readonly quality?: number | undefined;
  /** Bits per second, 1,000 to 10,000,000. */
  readonly bitrate?: number | undefined;
}

/** A video in another form. */
export interface VideoConvertOptions {
  readonly format: OpenEnum<"mp4" | "mkv" | "mov" | "asf" | "avi" | "mxf" | "ts" | "flv" | "webm">;
  /** Milliseconds. */
  readonly start?: number | undefined;
  readonly duration?: number | undefined;
  readonly videoCodec?: OpenEnum<"h264" | "h265" | "vp9" | "copy"> | undefined;
  readonly fps?: number | undefined;
  /** `1920x1080`; an empty side follows from the other one. */
  readonly size?: string | undefined;
  readonly scaleType?: OpenEnum<"crop" | "stretch" | "fill" | "fit"> | undefined;
  /** Bits per second, 10,000 to 100,000,000. */
  readonly videoBitrate?: number | undefined;
  /** Constant rate factor, 0 to 51. */
  readonly crf?: number | undefined;
  /** Leave the pictures out. */
  readonly videoDisabled?: boolean | undefined;
  readonly audioCodec?: OpenEnum<"mp3" | "aac" | "flac" | "vorbis" | "opus" | "copy"> | undefined;
  readonly sampleRate?: number | undefined;
  readonly channels?: number | undefined;
  readonly audioBitrate?: number | undefined;
  /** Leave the sound out. */
  readonly audioDisabled?: boolean | undefined;
  /** Leave the subtitles out. */
  readonly subtitleDisabled?: boolean | undefined;
}

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
