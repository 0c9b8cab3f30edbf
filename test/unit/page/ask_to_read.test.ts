/** Permission to read files again, with made-up handles: that of real ones takes a browser with a profile (demo tests). */
import { askToRead, type ReadPermission, readPermission } from "../../../src/page/mod.ts";
import type { FileHandle } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { NO_OPFS, opfsFolder } from "../streams/opfs.ts";

interface FakeFile {
  readonly name: string;
  permission: ReadPermission;
  /** What the person answers, or how asking fails. */
  answer: ReadPermission | Error;
  asked: number;
}

const file = (name: string, permission: ReadPermission, answer: FakeFile["answer"] = permission): FakeFile => ({
  name,
  permission,
  answer,
  asked: 0,
});

/** Another handle of a file at each call, as those of several records are. */
function handleOf(own: FakeFile): FileHandle {
  const handle = {
    own,
    name: own.name,
    getFile: () => Promise.reject(new Error("nobody reads it")),
    isSameEntry: async (other: { own: FakeFile }) => other.own === own,
    queryPermission: async ({ mode }: { mode: string }) => (mode === "read" ? own.permission : "denied"),
    async requestPermission({ mode }: { mode: string }) {
      assert.equal(mode, "read");
      if (own.permission !== "prompt") return own.permission;
      own.asked++;
      if (own.answer instanceof Error) throw own.answer;
      own.permission = own.answer;
      return own.answer;
    },
  };
  return handle;
}

test("tells permissions and asks nobody", async () => {
  for (const permission of ["granted", "denied", "prompt"] as const) {
    const own = file("a", permission, "granted");
    assert.equal(await readPermission(handleOf(own)), permission);
    assert.equal(own.asked, 0);
  }
});

test("asks for each file once, however many handles there are of it, and for none that is known", async () => {
  const files = [
    file("a.bin", "prompt", "granted"),
    file("a.bin", "prompt", "denied"),
    file("b.bin", "granted"),
    file("c.bin", "denied"),
    file("d.bin", "prompt"),
  ];
  const handles = [...files, ...files].map(handleOf);
  const permissions = await askToRead(handles);
  assert.deepEqual(permissions.slice(0, 5), ["granted", "denied", "granted", "denied", "prompt"]);
  assert.deepEqual(permissions.slice(5), permissions.slice(0, 5));
  assert.deepEqual(
    files.map(({ asked }) => asked),
    [1, 1, 0, 0, 1],
  );
});

test("asks at once, while the click counts", async () => {
  const files = [file("a", "prompt", "granted"), file("b", "prompt", "granted")];
  const asking = askToRead(files.map(handleOf).slice(0, 1));
  assert.equal(files[0]?.asked, 1, "before anything is awaited");
  assert.deepEqual(await asking, ["granted"]);
  assert.deepEqual(await askToRead([]), []);
});

test("without a click nobody is asked: it is still to be asked for", async () => {
  const own = file("a", "prompt", new DOMException("User activation is required", "SecurityError"));
  assert.deepEqual(await askToRead([handleOf(own)]), ["prompt"]);
});

test("files of the origin's own storage are read without asking", NO_OPFS, async () => {
  const { folder, dispose } = await opfsFolder();
  const handle = await folder.getFileHandle("own.bin", { create: true });
  assert.equal(await readPermission(handle), "granted");
  assert.deepEqual(await askToRead([handle, handle]), ["granted", "granted"]);
  await dispose();
});
