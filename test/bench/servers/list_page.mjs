/**
 * Pages of lists as the service writes them.
 */

/** A page of ListObjectsV2; others follow, unless it is the last one. */
export function listPage(count, last = false) {
  const contents = Array.from({ length: count }, (_, number) => {
    const key = `photos/2026/11/22/holiday%20pictures/IMG_${String(number).padStart(6, "0")}.jpg`;
    return `<Contents><Key>${key}</Key><LastModified>2026-11-22T08:15:${String(number % 60).padStart(2, "0")}.000Z</LastModified><ETag>"5B3C1A2E053D763E1B002CC607C5${String(number).padStart(4, "0")}"</ETag><Type>Normal</Type><Size>${(number * 7919) % 10_000_000}</Size><StorageClass>Standard</StorageClass><Owner><ID>1234567890123456</ID><DisplayName>1234567890123456</DisplayName></Owner></Contents>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult><Name>bench</Name><Prefix>photos/</Prefix><MaxKeys>1000</MaxKeys><Delimiter></Delimiter><EncodingType>url</EncodingType><IsTruncated>${!last}</IsTruncated>${contents.join("")}${last ? "" : "<NextContinuationToken>CgJiYw--</NextContinuationToken>"}<KeyCount>${count}</KeyCount></ListBucketResult>`;
}
