/** What the in-process OSS's own check of signatures says of a request of ours. */
import { createAccounts } from "../../../src/testing/accounts.ts";
import { verify } from "../../../src/testing/verify.ts";
import type { Sent } from "./drive.ts";
import { ACCESS_KEY_ID, NOW, type Recorded, SECRET, TOKEN } from "./recorded.ts";

const keys = { accessKeyId: ACCESS_KEY_ID, accessKeySecret: SECRET };
const permanent = createAccounts([keys]);
const temporary = createAccounts([{ accessKeyId: "LTAIowner", accessKeySecret: "owner" }]);
temporary.issue({ seconds: 3600, fixed: { ...keys, securityToken: TOKEN } }, NOW);

/** How a request of this recording's set-up is checked. */
export function checkedAs({ sts }: Recorded): Parameters<typeof verify>[1] {
  return {
    region: "cn-hangzhou",
    now: NOW,
    accounts: sts ? temporary : permanent,
    v1: true,
    lenient: new Set(),
  };
}

/** Why a request of ours is refused; `undefined` when it is accepted. */
export async function refusalOf(ours: Sent, recorded: Recorded): Promise<string | undefined> {
  const query = [...ours.query].map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  const request = {
    method: ours.method,
    target: query === "" ? ours.path : `${ours.path}?${query}`,
    headers: [["host", ours.host] as const, ...ours.headers],
    bucket: ours.bucket === "" ? undefined : ours.bucket,
    key: ours.key === "" ? undefined : ours.key,
  };
  const identity = await verify(request, checkedAs(recorded)).catch(String);
  return typeof identity === "string" ? identity : identity ? undefined : "counts as anonymous";
}
