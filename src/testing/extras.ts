/**
 * What the service may add to its answers one day: clients must not mind.
 * @module
 */
import type { RouteAnswer } from "./wire.ts";

const ELEMENTS = "<Novelty><Key>not a key</Key><Code>NotACode</Code></Novelty>";

/**
 * Adds an unknown header and, to XML, a namespace and an unknown element.
 * @param answer the answer as documented
 */
export function withExtras(answer: RouteAnswer): RouteAnswer {
  const { body } = answer;
  const headers = { ...answer.headers, "x-oss-novelty": "1" };
  if (typeof body !== "string") return { ...answer, headers };
  // After the declaration; a root that holds only text stays as it is.
  const xml = body.replace(/<([A-Z]\w*)>(?=<)/, `<$1 xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com">${ELEMENTS}`);
  return { ...answer, headers, body: xml };
}
