/** TLS versions and cipher suites of buckets. */
import { getBucketHttpsConfig, putBucketHttpsConfig } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { documentCases } from "../support/document.ts";
import { assertRefused, own } from "../support/world.ts";

const CONFIGURATION = {
  tls: { enable: true, tlsVersions: ["TLSv1.2", "TLSv1.3"] },
  cipherSuite: {
    enable: true,
    strongCipherSuite: false,
    customCipherSuites: ["ECDHE-ECDSA-AES128-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"],
    tls13CustomCipherSuites: ["TLS_AES_256_GCM_SHA384"],
  },
};
const XML =
  "<HttpsConfiguration><TLS><Enable>true</Enable><TLSVersion>TLSv1.2</TLSVersion><TLSVersion>TLSv1.3</TLSVersion></TLS><CipherSuite><Enable>true</Enable><StrongCipherSuite>false</StrongCipherSuite><CustomCipherSuite>ECDHE-ECDSA-AES128-SHA256</CustomCipherSuite><CustomCipherSuite>ECDHE-RSA-AES128-GCM-SHA256</CustomCipherSuite><TLS13CustomCipherSuite>TLS_AES_256_GCM_SHA384</TLS13CustomCipherSuite></CipherSuite></HttpsConfiguration>";

operationCase("PutBucketHttpsConfig", "is what GetBucketHttpsConfig reads", async ({ client }) => {
  assert.deepEqual(own(await getBucketHttpsConfig(client, {}), 200), { tls: { enable: false, tlsVersions: [] } });
  assert.deepEqual(own(await putBucketHttpsConfig(client, CONFIGURATION), 200), {});
  assert.deepEqual(own(await getBucketHttpsConfig(client, {}), 200), CONFIGURATION);
});

operationCase("GetBucketHttpsConfig", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketHttpsConfig(client, { bucket: "missing" }), none);
});

documentCases(putBucketHttpsConfig, getBucketHttpsConfig, "httpsConfig", CONFIGURATION, XML);
presignCase("PutBucketHttpsConfig", putBucketHttpsConfig, {
  input: CONFIGURATION,
  body: new TextEncoder().encode(XML),
});
presignCase("GetBucketHttpsConfig", getBucketHttpsConfig, { input: {} });
