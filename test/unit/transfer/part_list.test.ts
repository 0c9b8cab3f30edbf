/** The list of parts that transfers read for themselves. */
import { DecodeError } from "../../../src/errors.ts";
import type { Turn } from "../../../src/transfer/job.ts";
import { listParts } from "../../../src/transfer/upload/part_list.ts";
import { assert, fc, test } from "../../harness.ts";
import { clientOf, scripted } from "../core/support.ts";
import { failure } from "../streams/support.ts";

interface Page {
  readonly marker: number | undefined;
  readonly more: boolean;
}

function answer({ marker, more }: Page): Response {
  const next = marker === undefined ? "" : `<NextPartNumberMarker>${marker}</NextPartNumberMarker>`;
  const part = `<Part><PartNumber>${marker ?? 1}</PartNumber><ETag>"E"</ETag><Size>7</Size></Part>`;
  return new Response(`<ListPartsResult><IsTruncated>${more}</IsTruncated>${next}${part}</ListPartsResult>`);
}

const marker = fc.option(fc.nat(6), { nil: undefined });

test("a list of parts is read to its end, and one whose marker does not advance is refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(marker, { maxLength: 6 }), fc.option(marker, { nil: null }), async (markers, last) => {
      // Without a last page the last but one is repeated for ever.
      const pages: Page[] = markers.map((next) => ({ marker: next, more: true }));
      if (last !== null || pages.length === 0) pages.push({ marker: last ?? undefined, more: false });
      const { fetch, sent } = scripted(...pages.map(answer));
      const { signal } = new AbortController();
      const turn: Turn = (work) => work({ signal });
      const job = { client: clientOf(fetch), input: { key: "k" }, turn };
      const advances = markers.every((next, at) => (next ?? 0) > (at === 0 ? 0 : (markers[at - 1] ?? 0)));
      const list = listParts(job, "u");
      if (advances && pages.at(-1)?.more === false) {
        assert.lengthOf(await list, pages.length);
        const asked = sent.map(({ url }) => url.searchParams.get("part-number-marker"));
        assert.deepEqual(asked, [null, ...markers.map(String)]);
      } else {
        assert.instanceOf(await failure(list), DecodeError);
        assert.isAtMost(sent.length, pages.length + 1);
      }
    }),
  );
});
