/**
 * What DoMetaQuery tells of media: places, streams, descriptions.
 * @module
 */
import { list, named, number, object, type Shape, text } from "../../codec/shape.ts";

/** Where a picture was taken. */
export interface MetaQueryAddress {
  readonly addressLine?: string;
  readonly country?: string;
  readonly province?: string;
  readonly city?: string;
  readonly district?: string;
  readonly township?: string;
  /** BCP 47. */
  readonly language?: string;
}

/** A stream of subtitles. Times are in seconds. */
export interface MetaQuerySubtitle {
  readonly codecName?: string;
  /** BCP 47. */
  readonly language?: string;
  readonly startTime?: number;
  readonly duration?: number;
}

/** A stream of sound. */
export interface MetaQueryAudioStream extends MetaQuerySubtitle {
  /** Bits per second. */
  readonly bitrate?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
}

/** A stream of pictures. */
export interface MetaQueryVideoStream extends MetaQuerySubtitle {
  /** Bits per second. */
  readonly bitrate?: number;
  /** As a fraction: `25/1`. */
  readonly frameRate?: string;
  readonly frameCount?: number;
  /** Pixels. */
  readonly height?: number;
  /** Pixels. */
  readonly width?: number;
  readonly bitDepth?: number;
  readonly pixelFormat?: string;
  readonly colorSpace?: string;
}

/** What a picture or a film shows. */
export interface MetaQueryInsight {
  readonly caption?: string;
  readonly description?: string;
}

/** What a file shows. */
export interface MetaQueryInsights {
  readonly video?: MetaQueryInsight;
  readonly image?: MetaQueryInsight;
}

interface Media {
  readonly addresses: readonly MetaQueryAddress[];
  readonly audioStreams: readonly MetaQueryAudioStream[];
  readonly videoStreams: readonly MetaQueryVideoStream[];
  readonly subtitles: readonly MetaQuerySubtitle[];
  readonly insights?: MetaQueryInsights;
}

const stream = (): Shape<MetaQuerySubtitle> => ({
  codecName: text,
  language: text,
  startTime: number,
  duration: number,
});

/** Where media stand. */
export const mediaShape = (): Shape<Media> => ({
  addresses: named(
    "Addresses/Address",
    list<MetaQueryAddress>(
      object<MetaQueryAddress>({
        addressLine: text,
        country: text,
        province: text,
        city: text,
        district: text,
        township: text,
        language: text,
      }),
    ),
  ),
  audioStreams: named(
    "AudioStreams/AudioStream",
    list<MetaQueryAudioStream>(
      object<MetaQueryAudioStream>({ ...stream(), bitrate: number, sampleRate: number, channels: number }),
    ),
  ),
  videoStreams: named(
    "VideoStreams/VideoStream",
    list<MetaQueryVideoStream>(
      object<MetaQueryVideoStream>({
        ...stream(),
        bitrate: number,
        frameRate: text,
        frameCount: number,
        height: number,
        width: number,
        bitDepth: number,
        pixelFormat: text,
        colorSpace: text,
      }),
    ),
  ),
  subtitles: named("Subtitles/Subtitle", list<MetaQuerySubtitle>(object<MetaQuerySubtitle>(stream()))),
  insights: object<MetaQueryInsights>({
    video: object<MetaQueryInsight>({ caption: text, description: text }),
    image: object<MetaQueryInsight>({ caption: text, description: text }),
  }),
});
