import { upload } from "../../src/transfer/upload.ts";
import { createWorld, PART, type World } from "../conformance/upload_support.ts";
import { assert, test } from "../harness.ts";
import { assertBytes, pattern } from "../unit/streams/support.ts";

/** What the service says of keys that it does not take any more. */
const deaths: Record<
  string,
  (world: World, session: ReturnType<World["oss"]["issueToken"]>, tick: (ms: number) => void) => void
> = {
  SecurityTokenExpired: (_world, _session, tick) => tick(120_000),
  InvalidAccessKeyId: (_world, _session, tick) => tick(120_000),
  revoked: (world, session) => world.oss.revokeToken(session),
};

for (const [name, kill] of Object.entries(deaths)) {
  test(`upload: a token that dies at any request (${name}) is replaced once, and no part is lost`, async () => {
    const bytes = pattern(6 * PART + 1);
    for (const at of [0, 1, 3, 7, 8]) {
      let time = Date.now();
      const sessions: ReturnType<World["oss"]["issueToken"]>[] = [];
      const expired = name === "InvalidAccessKeyId" ? name : "SecurityTokenExpired";
      const world: World = createWorld(
        {
          // Without an expiration only the service knows when the token has died.
          async credentials() {
            const session = world.oss.issueToken({ seconds: 60 });
            sessions.push(session);
            const { accessKeyId, accessKeySecret, securityToken } = session;
            return { accessKeyId, accessKeySecret, securityToken };
          },
          now: () => time,
        },
        { now: () => time, expired },
      );
      world.onRequest = ({ index }, forward) => {
        const [first] = sessions;
        if (index === at && first) {
          kill(world, first, (ms) => {
            time += ms;
          });
        }
        return forward();
      };
      await upload(world.client, { key: "k", body: bytes }, { partSize: PART, multipartThreshold: 0, concurrency: 3 });
      assert.lengthOf(sessions, 2, `died at request ${at}`);
      assertBytes(await world.read("k"), bytes);
      assert.deepEqual(await world.open(), []);
    }
  });
}
