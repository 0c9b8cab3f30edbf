/**
 * One request on its way through the service, as routes see it.
 * @module
 */
import type { Accounts } from "./accounts.ts";
import type { Address } from "./addressing.ts";
import type { Settings } from "./options.ts";
import type { QueryMap } from "./query.ts";
import type { Bucket, Content } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import type { State } from "./state.ts";
import type { Identity, VerifyOptions } from "./verify_types.ts";
import type { HeaderMap, Incoming } from "./wire.ts";

/** What all requests share. */
export interface Service {
  readonly settings: Settings;
  readonly accounts: Accounts;
  readonly state: State;
  /** A new name, unique in this service and rising with time: upload ids, request ids. */
  nextId(): string;
}

/** A request that was addressed, verified and allowed. */
export interface Call {
  readonly service: Service;
  readonly request: Incoming;
  readonly address: Address;
  readonly query: QueryMap;
  readonly headers: HeaderMap;
  readonly requestId: string;
  /** The server's clock for this request, in milliseconds. */
  readonly now: number;
  /** Who signed, `undefined` = anonymous. */
  readonly identity: Identity | undefined;
  /** Keeps received bytes until the call ends; whoever stores them keeps them longer. */
  hold(content: Content): void;
}

/** A call that names a bucket, which may or may not exist. */
export interface NameCall extends Call {
  readonly bucketName: string;
}

/** A call on a bucket that exists. */
export interface BucketCall extends NameCall {
  readonly bucket: Bucket;
}

/** A call on an object's key. */
export interface ObjectCall extends BucketCall {
  readonly key: string;
}

/** Whether a strict rule is switched off. */
export function lenient(call: { readonly service: Service }, name: string): boolean {
  return call.service.settings.lenient.has(name);
}

/**
 * How signatures of a request are checked: in the region of its bucket, which for the accelerated endpoints and
 * own domains only the bucket knows.
 */
export function verifyOptions(service: Service, address: Address, now: number): VerifyOptions {
  const bucket = address.bucket === undefined ? undefined : service.state.buckets.get(address.bucket);
  const { settings, accounts } = service;
  const { v1, lenient: set, expired } = settings;
  return {
    region: address.region ?? bucket?.record.region ?? settings.region,
    now,
    accounts,
    v1,
    lenient: set,
    expired,
  };
}

/**
 * A parameter or header has a value that the service does not take. Here and elsewhere an error has a number (EC) only
 * where a page of the service names one for that cause.
 */
export function invalidArgument(name: string, value: string, message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "InvalidArgument", message, {
    ec,
    extras: { ArgumentName: name, ArgumentValue: value },
  });
}

/** The bucket does not exist. */
export function noSuchBucket(name: string): ServiceFault {
  const extras = { BucketName: name };
  return new ServiceFault(404, "NoSuchBucket", "The specified bucket does not exist.", { ec: "0015-00000101", extras });
}

/**
 * The object does not exist.
 * @param headers what else the answer says: that there is a delete marker
 */
export function noSuchKey(key: string, headers: Readonly<Record<string, string>> = {}): ServiceFault {
  return new ServiceFault(404, "NoSuchKey", "The specified key does not exist.", {
    ec: "0026-00000001",
    extras: { Key: key },
    headers,
  });
}
