/** Limits of bandwidth and requests, with every field. */

export const LIMITS = {
  totalUploadBandwidth: 9,
  intranetUploadBandwidth: 8,
  extranetUploadBandwidth: 7,
  totalDownloadBandwidth: 6,
  intranetDownloadBandwidth: 5,
  extranetDownloadBandwidth: 0,
  totalQps: 900,
  intranetQps: -1,
  extranetQps: 800,
} as const;

/** No limit at all, as it is read. */
export const UNLIMITED = {
  totalUploadBandwidth: -1,
  intranetUploadBandwidth: -1,
  extranetUploadBandwidth: -1,
  totalDownloadBandwidth: -1,
  intranetDownloadBandwidth: -1,
  extranetDownloadBandwidth: -1,
  totalQps: -1,
  intranetQps: -1,
  extranetQps: -1,
} as const;

/** {@link LIMITS} as a document. */
export const LIMITS_XML =
  "<QoSConfiguration><TotalUploadBandwidth>9</TotalUploadBandwidth><IntranetUploadBandwidth>8</IntranetUploadBandwidth><ExtranetUploadBandwidth>7</ExtranetUploadBandwidth><TotalDownloadBandwidth>6</TotalDownloadBandwidth><IntranetDownloadBandwidth>5</IntranetDownloadBandwidth><ExtranetDownloadBandwidth>0</ExtranetDownloadBandwidth><TotalQps>900</TotalQps><IntranetQps>-1</IntranetQps><ExtranetQps>800</ExtranetQps></QoSConfiguration>";
