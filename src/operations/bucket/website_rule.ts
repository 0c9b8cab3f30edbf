/**
 * Routing rules of a website: when a request is redirected, or fetched from an origin, and how.
 * @module
 */
import { boolean, list, named, number, object, type Shape, text } from "../../codec/shape.ts";
import type { OpenEnum } from "../../types.ts";
import { type Tag, tagShape } from "../tagging.ts";

/** A header that a request must have; all that is given must fit. */
export interface WebsiteHeaderCondition {
  readonly key: string;
  readonly equals?: string | undefined;
  readonly startsWith?: string | undefined;
  readonly endsWith?: string | undefined;
}

/** When a rule is for a request: all that is given must fit. */
export interface WebsiteCondition {
  readonly keyPrefixEquals?: string | undefined;
  readonly keySuffixEquals?: string | undefined;
  /** The status that OSS would answer: 404 for mirrors. */
  readonly httpErrorCodeReturnedEquals?: number | undefined;
  /** Up to 10. */
  readonly includeHeaders?: readonly WebsiteHeaderCondition[] | undefined;
}

/** Which headers of a request the origin gets. */
export interface WebsiteMirrorHeaders {
  /** All of them, but for those that OSS never passes. @default false */
  readonly passAll?: boolean | undefined;
  /** Names, up to 10. */
  readonly passes?: readonly string[] | undefined;
  /** Names that go not, up to 10; with `passAll`. */
  readonly removes?: readonly string[] | undefined;
  /** What is set whatever the request has, up to 10. */
  readonly sets?: readonly Tag[] | undefined;
}

/** How OSS signs what it asks of the origin. */
export interface WebsiteMirrorAuth {
  readonly authType?: OpenEnum<"S3V4" | "S3V2"> | undefined;
  readonly region?: string | undefined;
  readonly accessKeyId?: string | undefined;
  readonly accessKeySecret?: string | undefined;
}

/** A further origin. */
export interface WebsiteMirrorAlternate {
  readonly mirrorMultiAlternateNumber?: number | undefined;
  readonly mirrorMultiAlternateUrl?: string | undefined;
  readonly mirrorMultiAlternateVpcId?: string | undefined;
  readonly mirrorMultiAlternateDstRegion?: string | undefined;
}

/** What happens. Properties beginning with `mirror` are for mirrors only. */
export interface WebsiteRedirect {
  /** Fetch it from an origin and keep it; redirect; redirect in a way that Alibaba Cloud CDN follows itself. */
  readonly redirectType: OpenEnum<"Mirror" | "External" | "AliCDN">;
  /** Pass the query on. @default false */
  readonly passQueryString?: boolean | undefined;
  readonly protocol?: OpenEnum<"http" | "https"> | undefined;
  readonly hostName?: string | undefined;
  /** 301, 302 or 307. */
  readonly httpRedirectCode?: number | undefined;
  /** Takes the place of the key's prefix; not together with `replaceKeyWith`. */
  readonly replaceKeyPrefixWith?: string | undefined;
  /** @default false */
  readonly enableReplacePrefix?: boolean | undefined;
  /** Takes the place of the key; `${key}` in it is the key. */
  readonly replaceKeyWith?: string | undefined;
  /** The origin: `https://origin.example.com/`, ending with a slash. */
  readonly mirrorUrl?: string | undefined;
  /** The origin to go to while the first one does not answer the probe. */
  readonly mirrorUrlSlave?: string | undefined;
  readonly mirrorUrlProbe?: string | undefined;
  /** Wins over `passQueryString`. @default false */
  readonly mirrorPassQueryString?: boolean | undefined;
  /** Follow redirects of the origin, up to 10. @default true */
  readonly mirrorFollowRedirect?: boolean | undefined;
  /** Keep only what fits the origin's `Content-MD5`. @default false */
  readonly mirrorCheckMd5?: boolean | undefined;
  readonly mirrorSni?: boolean | undefined;
  readonly mirrorPassOriginalSlashes?: boolean | undefined;
  readonly mirrorHeaders?: WebsiteMirrorHeaders | undefined;
  /** Hand the answer on and keep nothing. */
  readonly mirrorProxyPass?: boolean | undefined;
  readonly mirrorSaveOssMeta?: boolean | undefined;
  readonly mirrorUserLastModified?: boolean | undefined;
  readonly mirrorSwitchAllErrors?: boolean | undefined;
  readonly mirrorAllowHeadObject?: boolean | undefined;
  readonly mirrorAllowGetImageInfo?: boolean | undefined;
  readonly mirrorAllowVideoSnapshot?: boolean | undefined;
  /** The status of the origin on which OSS goes on asking by itself. */
  readonly mirrorAsyncStatus?: number | undefined;
  /** Statuses of the origin that are handed on: `400,404`. */
  readonly transparentMirrorResponseCodes?: string | undefined;
  readonly mirrorTaggings?: readonly Tag[] | undefined;
  readonly mirrorReturnHeaders?: readonly Tag[] | undefined;
  readonly mirrorAuth?: WebsiteMirrorAuth | undefined;
  readonly mirrorUsingRole?: boolean | undefined;
  readonly mirrorRole?: string | undefined;
  readonly mirrorIsExpressTunnel?: boolean | undefined;
  readonly mirrorTunnelId?: string | undefined;
  readonly mirrorDstRegion?: string | undefined;
  readonly mirrorDstVpcId?: string | undefined;
  readonly mirrorDstSlaveVpcId?: string | undefined;
  readonly mirrorMultiAlternates?: readonly WebsiteMirrorAlternate[] | undefined;
}

/** One rule; the first that fits, by number, is the one. */
export interface WebsiteRoutingRule {
  /** From 1 on. */
  readonly ruleNumber: number;
  readonly condition: WebsiteCondition;
  readonly redirect: WebsiteRedirect;
}

const pairs = (element: string) => named(element, list<Tag>(object<Tag>(tagShape())));

const redirect = (): Shape<WebsiteRedirect> => ({
  redirectType: text,
  passQueryString: boolean,
  protocol: text,
  hostName: text,
  httpRedirectCode: number,
  replaceKeyPrefixWith: text,
  enableReplacePrefix: boolean,
  replaceKeyWith: text,
  mirrorUrl: named("MirrorURL", text),
  mirrorUrlSlave: named("MirrorURLSlave", text),
  mirrorUrlProbe: named("MirrorURLProbe", text),
  mirrorPassQueryString: boolean,
  mirrorFollowRedirect: boolean,
  mirrorCheckMd5: boolean,
  mirrorSni: named("MirrorSNI", boolean),
  mirrorPassOriginalSlashes: boolean,
  mirrorHeaders: object<WebsiteMirrorHeaders>({
    passAll: boolean,
    passes: named("Pass", list<string>(text)),
    removes: named("Remove", list<string>(text)),
    sets: pairs("Set"),
  }),
  mirrorProxyPass: boolean,
  mirrorSaveOssMeta: boolean,
  mirrorUserLastModified: boolean,
  mirrorSwitchAllErrors: boolean,
  mirrorAllowHeadObject: boolean,
  mirrorAllowGetImageInfo: boolean,
  mirrorAllowVideoSnapshot: boolean,
  mirrorAsyncStatus: number,
  transparentMirrorResponseCodes: text,
  mirrorTaggings: pairs("MirrorTaggings/Taggings"),
  mirrorReturnHeaders: pairs("MirrorReturnHeaders/ReturnHeader"),
  mirrorAuth: object<WebsiteMirrorAuth>({ authType: text, region: text, accessKeyId: text, accessKeySecret: text }),
  mirrorUsingRole: boolean,
  mirrorRole: text,
  mirrorIsExpressTunnel: boolean,
  mirrorTunnelId: text,
  mirrorDstRegion: text,
  mirrorDstVpcId: text,
  mirrorDstSlaveVpcId: text,
  mirrorMultiAlternates: named(
    "MirrorMultiAlternates/MirrorMultiAlternate",
    list<WebsiteMirrorAlternate>(
      object<WebsiteMirrorAlternate>({
        mirrorMultiAlternateNumber: number,
        mirrorMultiAlternateUrl: named("MirrorMultiAlternateURL", text),
        mirrorMultiAlternateVpcId: text,
        mirrorMultiAlternateDstRegion: text,
      }),
    ),
  ),
});

/** The shape of {@link WebsiteRoutingRule}. */
export const websiteRoutingRule = (): Shape<WebsiteRoutingRule> => ({
  ruleNumber: number,
  condition: object<WebsiteCondition>({
    keyPrefixEquals: text,
    keySuffixEquals: text,
    httpErrorCodeReturnedEquals: number,
    includeHeaders: named(
      "IncludeHeader",
      list<WebsiteHeaderCondition>(
        object<WebsiteHeaderCondition>({ key: text, equals: text, startsWith: text, endsWith: text }),
      ),
    ),
  }),
  redirect: object<WebsiteRedirect>(redirect()),
});
