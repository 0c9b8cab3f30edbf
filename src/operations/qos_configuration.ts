/**
 * Limits of bandwidth and requests.
 * @module
 */
import { named, number, object, type Shape, text } from "../codec/shape.ts";

/** Limits; -1 is none, 0 forbids, what is not given is -1. */
export interface QosConfiguration {
  /** Gbit/s. */
  readonly totalUploadBandwidth?: number | undefined;
  /** Gbit/s from the region's own network. */
  readonly intranetUploadBandwidth?: number | undefined;
  /** Gbit/s from everywhere else. */
  readonly extranetUploadBandwidth?: number | undefined;
  /** Gbit/s. */
  readonly totalDownloadBandwidth?: number | undefined;
  /** Gbit/s to the region's own network. */
  readonly intranetDownloadBandwidth?: number | undefined;
  /** Gbit/s to everywhere else. */
  readonly extranetDownloadBandwidth?: number | undefined;
  /** Requests a second. */
  readonly totalQps?: number | undefined;
  /** Requests a second from the region's own network. */
  readonly intranetQps?: number | undefined;
  /** Requests a second from everywhere else. */
  readonly extranetQps?: number | undefined;
}

/** Limits of one requester. */
export interface RequesterQosInfo {
  /** The requester's account id. */
  readonly requester: string;
  readonly qosConfiguration: QosConfiguration;
}

/** Where {@link QosConfiguration} stands. */
export const qosShape = (): Shape<QosConfiguration> => ({
  totalUploadBandwidth: number,
  intranetUploadBandwidth: number,
  extranetUploadBandwidth: number,
  totalDownloadBandwidth: number,
  intranetDownloadBandwidth: number,
  extranetDownloadBandwidth: number,
  totalQps: number,
  intranetQps: number,
  extranetQps: number,
});

/** Where {@link RequesterQosInfo} stands. */
export const requesterQosShape = (): Shape<RequesterQosInfo> => ({
  requester: text,
  qosConfiguration: named("QoSConfiguration", object<QosConfiguration>(qosShape())),
});
