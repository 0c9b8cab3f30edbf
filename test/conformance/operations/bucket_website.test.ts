/** A bucket as a website: every kind of rule, there and back. */
import {
  deleteBucketWebsite,
  getBucketWebsite,
  putBucketWebsite,
  type WebsiteRedirect,
  type WebsiteRoutingRule,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

const ADDRESS = "https://photos.oss-cn-hangzhou.aliyuncs.com/?website";
const NONE = { status: 404, code: "NoSuchWebsiteConfiguration" };

const mirror: WebsiteRoutingRule = {
  ruleNumber: 1,
  condition: {
    keyPrefixEquals: "abc/",
    keySuffixEquals: ".txt",
    httpErrorCodeReturnedEquals: 404,
    includeHeaders: [
      { key: "host", equals: "a.example.com" },
      { key: "x-b", startsWith: "b", endsWith: "c" },
    ],
  },
  redirect: {
    redirectType: "Mirror",
    passQueryString: true,
    mirrorUrl: "https://origin.example.com/",
    mirrorUrlSlave: "https://slave.example.com/",
    mirrorUrlProbe: "https://probe.example.com/",
    mirrorPassQueryString: true,
    mirrorFollowRedirect: false,
    mirrorCheckMd5: true,
    mirrorSni: true,
    mirrorPassOriginalSlashes: true,
    mirrorHeaders: { passAll: true, passes: ["h1", "h2"], removes: ["h3"], sets: [{ key: "h5", value: "v 5" }] },
    mirrorProxyPass: false,
    mirrorSaveOssMeta: true,
    mirrorUserLastModified: true,
    mirrorSwitchAllErrors: false,
    mirrorAllowHeadObject: true,
    mirrorAllowGetImageInfo: true,
    mirrorAllowVideoSnapshot: false,
    mirrorAsyncStatus: 303,
    transparentMirrorResponseCodes: "400,404",
    mirrorTaggings: [{ key: "k", value: "v" }],
    mirrorReturnHeaders: [{ key: "x", value: "y" }],
    mirrorAuth: { authType: "S3V4", region: "ap-southeast-1", accessKeyId: "id", accessKeySecret: "s" },
    mirrorUsingRole: false,
    mirrorRole: "role",
    mirrorIsExpressTunnel: true,
    mirrorTunnelId: "tunnel",
    mirrorDstRegion: "cn-beijing",
    mirrorDstVpcId: "vpc-1",
    mirrorDstSlaveVpcId: "vpc-2",
    mirrorMultiAlternates: [
      {
        mirrorMultiAlternateNumber: 2,
        mirrorMultiAlternateUrl: "https://alternate.example.com/",
        mirrorMultiAlternateVpcId: "vpc-3",
        mirrorMultiAlternateDstRegion: "cn-shanghai",
      },
    ],
  },
};
const external: WebsiteRoutingRule = {
  ruleNumber: 2,
  condition: { keyPrefixEquals: "old/" },
  redirect: {
    redirectType: "External",
    protocol: "https",
    hostName: "www.example.com",
    httpRedirectCode: 301,
    replaceKeyPrefixWith: "new/",
    enableReplacePrefix: true,
  },
};
const cdn: WebsiteRoutingRule = {
  ruleNumber: 3,
  condition: { httpErrorCodeReturnedEquals: 404 },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: OSS's own placeholder
  redirect: { redirectType: "AliCDN", protocol: "http", hostName: "c.example.com", replaceKeyWith: "p/${key}.s" },
};
const site = {
  indexDocument: { suffix: "index.html", supportSubDir: true, type: 0 },
  errorDocument: { key: "error.html", httpStatus: 404 },
  routingRules: [mirror, external, cdn],
};

/** A rule as it is read: lists that were not there are empty. */
function read({ condition, redirect, ...rule }: WebsiteRoutingRule): WebsiteRoutingRule {
  const lists = { mirrorTaggings: [], mirrorReturnHeaders: [], mirrorMultiAlternates: [] };
  return { ...rule, condition: { includeHeaders: [], ...condition }, redirect: { ...lists, ...redirect } };
}

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutBucketWebsite",
    `sets what GetBucketWebsite reads and DeleteBucketWebsite deletes (${signatureVersion})`,
    async ({ client }) => {
      await assertRefused(getBucketWebsite(client, {}), NONE);
      assert.deepEqual(own(await putBucketWebsite(client, site), 200), {});
      const expected = { ...site, routingRules: site.routingRules.map(read) };
      const found = own(await getBucketWebsite(client, {}), 200);
      assert.deepEqual(found, expected);
      await putBucketWebsite(client, found);
      assert.deepEqual(own(await getBucketWebsite(client, {}), 200), expected, "what was read can be put");
      await putBucketWebsite(client, { indexDocument: { suffix: "i" } });
      assert.deepEqual(own(await getBucketWebsite(client, {}), 200), {
        indexDocument: { suffix: "i" },
        routingRules: [],
      });
      assert.deepEqual(own(await deleteBucketWebsite(client, {}), 204), {});
      await assertRefused(getBucketWebsite(client, {}), NONE);
    },
    { client: { signatureVersion } },
  );
}

operationCase("PutBucketWebsite", "refuses what is no website", async ({ client }) => {
  const bad = (redirect: WebsiteRedirect): readonly WebsiteRoutingRule[] => [{ ...external, redirect }];
  const [argument, xml] = [
    { status: 400, code: "InvalidArgument" },
    { status: 400, code: "MalformedXML" },
  ];
  const errorDocument = { key: "e", httpStatus: 99 };
  await assertRefused(putBucketWebsite(client, { errorDocument }), { ...argument, ec: "0019-00000002" });
  await assertRefused(putBucketWebsite(client, {}), xml);
  await assertRefused(putBucketWebsite(client, { indexDocument: { suffix: "" } }), xml);
  await assertRefused(putBucketWebsite(client, { errorDocument: { key: "" } }), xml);
  await assertRefused(putBucketWebsite(client, { routingRules: new Array(21).fill(external) }), xml);
  await assertRefused(putBucketWebsite(client, { routingRules: [{ ...external, ruleNumber: 0 }] }), argument);
  await assertRefused(putBucketWebsite(client, { routingRules: bad({ redirectType: "Other" }) }), argument);
  const mirrorUrl = "https://origin.example.com";
  await assertRefused(putBucketWebsite(client, { routingRules: bad({ redirectType: "Mirror", mirrorUrl }) }), argument);
  const found = bad({ ...external.redirect, httpRedirectCode: 303 });
  await assertRefused(putBucketWebsite(client, { routingRules: found }), argument);
  const both = bad({ ...external.redirect, replaceKeyWith: "x" });
  await assertRefused(putBucketWebsite(client, { routingRules: both }), xml);
});

operationCase("GetBucketWebsite", "needs a bucket", async ({ client }) => {
  const none = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(getBucketWebsite(client, { bucket: "missing" }), none);
});

operationCase("DeleteBucketWebsite", "deletes what is not there", async ({ client }) => {
  assert.equal((await deleteBucketWebsite(client, {})).status, 204);
});

const pair = (key: string, value: string): string => `<Key>${key}</Key><Value>${value}</Value>`;
const XML =
  "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix><SupportSubDir>true</SupportSubDir><Type>0</Type>" +
  "</IndexDocument><ErrorDocument><Key>error.html</Key><HttpStatus>404</HttpStatus></ErrorDocument><RoutingRules>" +
  "<RoutingRule><RuleNumber>1</RuleNumber><Condition><KeyPrefixEquals>abc/</KeyPrefixEquals>" +
  "<KeySuffixEquals>.txt</KeySuffixEquals><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>" +
  "<IncludeHeader><Key>host</Key><Equals>a.example.com</Equals></IncludeHeader>" +
  "<IncludeHeader><Key>x-b</Key><StartsWith>b</StartsWith><EndsWith>c</EndsWith></IncludeHeader></Condition>" +
  "<Redirect><RedirectType>Mirror</RedirectType><PassQueryString>true</PassQueryString>" +
  "<MirrorURL>https://origin.example.com/</MirrorURL><MirrorURLSlave>https://slave.example.com/</MirrorURLSlave>" +
  "<MirrorURLProbe>https://probe.example.com/</MirrorURLProbe><MirrorPassQueryString>true</MirrorPassQueryString>" +
  "<MirrorFollowRedirect>false</MirrorFollowRedirect><MirrorCheckMd5>true</MirrorCheckMd5><MirrorSNI>true</MirrorSNI>" +
  "<MirrorPassOriginalSlashes>true</MirrorPassOriginalSlashes><MirrorHeaders><PassAll>true</PassAll><Pass>h1</Pass>" +
  `<Pass>h2</Pass><Remove>h3</Remove><Set>${pair("h5", "v 5")}</Set></MirrorHeaders>` +
  "<MirrorProxyPass>false</MirrorProxyPass><MirrorSaveOssMeta>true</MirrorSaveOssMeta>" +
  "<MirrorUserLastModified>true</MirrorUserLastModified><MirrorSwitchAllErrors>false</MirrorSwitchAllErrors>" +
  "<MirrorAllowHeadObject>true</MirrorAllowHeadObject><MirrorAllowGetImageInfo>true</MirrorAllowGetImageInfo>" +
  "<MirrorAllowVideoSnapshot>false</MirrorAllowVideoSnapshot><MirrorAsyncStatus>303</MirrorAsyncStatus>" +
  "<TransparentMirrorResponseCodes>400,404</TransparentMirrorResponseCodes>" +
  `<MirrorTaggings><Taggings>${pair("k", "v")}</Taggings></MirrorTaggings>` +
  `<MirrorReturnHeaders><ReturnHeader>${pair("x", "y")}</ReturnHeader></MirrorReturnHeaders>` +
  "<MirrorAuth><AuthType>S3V4</AuthType><Region>ap-southeast-1</Region><AccessKeyId>id</AccessKeyId>" +
  "<AccessKeySecret>s</AccessKeySecret></MirrorAuth><MirrorUsingRole>false</MirrorUsingRole><MirrorRole>role</MirrorRole>" +
  "<MirrorIsExpressTunnel>true</MirrorIsExpressTunnel><MirrorTunnelId>tunnel</MirrorTunnelId>" +
  "<MirrorDstRegion>cn-beijing</MirrorDstRegion><MirrorDstVpcId>vpc-1</MirrorDstVpcId>" +
  "<MirrorDstSlaveVpcId>vpc-2</MirrorDstSlaveVpcId><MirrorMultiAlternates><MirrorMultiAlternate>" +
  "<MirrorMultiAlternateNumber>2</MirrorMultiAlternateNumber>" +
  "<MirrorMultiAlternateURL>https://alternate.example.com/</MirrorMultiAlternateURL>" +
  "<MirrorMultiAlternateVpcId>vpc-3</MirrorMultiAlternateVpcId>" +
  "<MirrorMultiAlternateDstRegion>cn-shanghai</MirrorMultiAlternateDstRegion></MirrorMultiAlternate>" +
  "</MirrorMultiAlternates></Redirect></RoutingRule></RoutingRules></WebsiteConfiguration>";
const one = { ...site, routingRules: [mirror] };

sends(putBucketWebsite, "every input", one, {
  method: "PUT",
  url: ADDRESS,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
});
sends(getBucketWebsite, "every input", {}, { method: "GET", url: ADDRESS });
sends(deleteBucketWebsite, "every input", {}, { method: "DELETE", url: ADDRESS });
reads(getBucketWebsite, {}, { body: XML }, one);

presignCase("PutBucketWebsite", putBucketWebsite, { input: one, body: new TextEncoder().encode(XML) });
presignCase("GetBucketWebsite", getBucketWebsite, {
  prepare: ({ client }) => putBucketWebsite(client, one),
  input: {},
});
presignCase("DeleteBucketWebsite", deleteBucketWebsite, { input: {}, status: 204 });
