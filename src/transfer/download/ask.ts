/**
 * Ranged requests of the object that the first answer was of. Loaded on demand.
 * @module
 */
import { DecodeError, IntegrityError, isOSSError } from "../../errors.ts";
import type { GetObjectInput } from "../../operations/object/get.ts";
import { type Answer, extentOf, IDENTITY, type InParts, isEncoded } from "./answer.ts";
import type { DownloadJob } from "./job.ts";

/** Conditions that hold for the same object only, in the place of the caller's, which held for the first answer. */
function conditions({ response }: InParts): Partial<GetObjectInput> {
  const etag = response.headers.get("etag");
  return { ifNoneMatch: undefined, ifModifiedSince: undefined, ...(etag !== null && { ifMatch: etag }) };
}

/** Refuses bytes of other places and of other objects. */
function check(answer: Response, title: string, start: number, end: number, { response, extent }: InParts): void {
  const found = extentOf(answer);
  const length = answer.headers.get("content-length") ?? end - start;
  const fits = found ? found.start === start && found.end === end : Number(length) === end - start;
  if (answer.status !== 206 || !fits || isEncoded(answer)) {
    const got = answer.headers.get("content-range") ?? `${length} bytes`;
    throw new DecodeError(`${title}: asked for bytes ${start}-${end - 1}, got status ${answer.status}, ${got}`);
  }
  for (const name of IDENTITY) {
    const [expected, actual] = [response.headers.get(name), answer.headers.get(name)];
    if (expected !== null && actual !== null && expected !== actual)
      throw new IntegrityError(`${title}: ${name} is ${actual} instead of ${expected}`, "etag", expected, actual);
  }
  if (found && extent.total !== undefined && found.total !== extent.total)
    throw new DecodeError(`${title}: it has ${found.total} bytes instead of ${extent.total}`);
}

/**
 * Asks for bytes of the object that the first answer was of.
 * @param job the download; it notes when the object has changed
 * @param parts that object
 * @param start first byte
 * @param end the byte after the last one
 * @throws ServiceError, IntegrityError when the object has changed or is gone
 * @throws DecodeError for another range
 */
export async function ask(job: DownloadJob, parts: InParts, start: number, end: number): Promise<Answer> {
  const input = { ...job.input, ...conditions(parts), range: [start, end - 1] as const };
  try {
    return await job.client.send(job.getObject.toRequest(input), job.call, (response, watch) => {
      check(response, watch.title, start, end, parts);
      return { response, watch };
    });
  } catch (error) {
    job.changed ||= isOSSError(error) && /^(PreconditionFailed|NoSuch(Key|Version)|IntegrityError)$/.test(error.code);
    throw error;
  }
}
