/**
 * What the actions of video and audio processing take.
 * @module
 */
import type { OpenEnum } from "../../types.ts";

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
