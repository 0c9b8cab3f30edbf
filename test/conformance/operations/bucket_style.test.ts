/** Styles: processing instructions under names. */
import { deleteStyle, getStyle, listStyle, putStyle } from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { answering, reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NOW = Date.parse("2026-03-01T08:00:00Z");
let now = NOW;
const clock = { service: { now: () => now }, client: { now: () => now } };

operationCase(
  "PutStyle",
  "is what GetStyle reads, and keeps the date of its creation",
  async ({ client }) => {
    now = NOW;
    const content = "image/resize,w_200/text_<&>";
    assert.deepEqual(own(await putStyle(client, { styleName: "small", content: "old", category: "video" }), 200), {});
    now += 60_000;
    await putStyle(client, { styleName: "small", content });
    assert.deepEqual(own(await getStyle(client, { styleName: "small" }), 200), {
      name: "small",
      content,
      category: "image",
      createTime: new Date(NOW),
      lastModifyTime: new Date(now),
    });
  },
  clock,
);

operationCase("PutStyle", "refuses names, empty contents and the 51st style", async ({ client }) => {
  await assertRefused(putStyle(client, { styleName: "Images!tyle", content: "image/resize,p_60" }), {
    status: 400,
    code: "InvalidArgument",
    ec: "0017-00000251",
  });
  const empty = await failureOf(putStyle(client, { styleName: "a", content: "" }));
  assert.instanceOf(empty, TypeError);
  for (let number = 0; number < 50; number++) await putStyle(client, { styleName: `s${number}`, content: "x" });
  await putStyle(client, { styleName: "s0", content: "y" });
  const full = { status: 403, code: "AccessDenied" };
  await assertRefused(putStyle(client, { styleName: "one-more", content: "x" }), full);
});

operationCase("GetStyle", "tells a style that is not there", async ({ client }) => {
  await assertRefused(getStyle(client, { styleName: "none" }), { status: 404, code: "NoSuchStyle" });
});

operationCase("ListStyle", "lists all styles by name", async ({ client }) => {
  assert.deepEqual(own(await listStyle(client, {}), 200), { styles: [] });
  await putStyle(client, { styleName: "b", content: "image/resize,w_2" });
  await putStyle(client, { styleName: "a", content: "image/resize,w_1" });
  const { styles } = await listStyle(client, {});
  assert.deepEqual(
    styles.map(({ name, content }) => [name, content]),
    [
      ["a", "image/resize,w_1"],
      ["b", "image/resize,w_2"],
    ],
  );
});

operationCase("DeleteStyle", "deletes one style, and again", async ({ client }) => {
  await putStyle(client, { styleName: "a", content: "x" });
  await putStyle(client, { styleName: "b", content: "x" });
  assert.deepEqual(own(await deleteStyle(client, { styleName: "a" }), 204), {});
  assert.equal((await deleteStyle(client, { styleName: "a" })).status, 204);
  assert.deepEqual(
    (await listStyle(client, {})).styles.map(({ name }) => name),
    ["b"],
  );
});

test("a style without a name is refused before any request: it would be all of them", async () => {
  const client = answering(() => assert.fail("nothing may be sent"));
  assert.instanceOf(await failureOf(getStyle(client, { styleName: "" })), TypeError);
  assert.instanceOf(await failureOf(deleteStyle(client, { styleName: "" })), TypeError);
  assert.instanceOf(await failureOf(putStyle(client, { styleName: "", content: "x" })), TypeError);
});

const DOCUMENT = '<?xml version="1.0" encoding="UTF-8"?>\n<Style><Content>image/resize,p_50</Content></Style>';

sends(
  putStyle,
  "name and category in the query, the content in a document",
  { styleName: "half size", category: "image", content: "image/resize,p_50" },
  {
    method: "PUT",
    url: "https://photos.oss-cn-hangzhou.aliyuncs.com/?style&styleName=half%20size&category=image",
    headers: { "content-type": "application/xml" },
    body: DOCUMENT,
  },
);

const ONE = `<Name>imagestyle</Name><Content>image/resize,p_50</Content><Category>image</Category>
<CreateTime>Wed, 20 May 2020 12:07:15 GMT</CreateTime><LastModifyTime>Wed, 21 May 2020 12:07:15 GMT</LastModifyTime>`;
const READ = {
  name: "imagestyle",
  content: "image/resize,p_50",
  category: "image",
  createTime: new Date("2020-05-20T12:07:15Z"),
  lastModifyTime: new Date("2020-05-21T12:07:15Z"),
};
reads(getStyle, { styleName: "imagestyle" }, { body: `<Style>${ONE}</Style>` }, READ);
reads(listStyle, {}, { body: `<StyleList><Style>${ONE}</Style></StyleList>` }, { styles: [READ] });

const styleName = "half";
const prepare = ({ client }: { client: Parameters<typeof putStyle>[0] }): Promise<unknown> =>
  putStyle(client, { styleName, content: "image/resize,p_50" });
presignCase("PutStyle", putStyle, { input: { styleName, content: "x" }, body: new TextEncoder().encode(DOCUMENT) });
presignCase("GetStyle", getStyle, { prepare, input: { styleName } });
presignCase("ListStyle", listStyle, { input: {} });
presignCase("DeleteStyle", deleteStyle, { input: { styleName }, status: 204 });
