/** What minifiers and second copies of the library must not break: literal names, and knowing each other's errors. */
import * as esbuild from "esbuild";
import * as own from "../../src/errors.ts";
import { assert, environment, test } from "../harness.ts";

type Surface = typeof import("../../src/mod.ts");

let copies = 0;

/** A minified copy of the library, with classes and code of its own. */
async function minifiedCopy(): Promise<Surface> {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: `export * from "./src/mod.ts"; // ${++copies}`, resolveDir: environment.root },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const code = `${outputFiles[0]?.text}\n//${copies}`;
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

const NAMES = Object.entries(own).flatMap(([name, value]) =>
  typeof value === "function" && value.prototype instanceof own.OSSError ? [name] : [],
);

test("minified, every error has its literal name and code", async () => {
  const surface = await minifiedCopy();
  const { ServiceError, NetworkError, TimeoutError, CredentialsError, DecodeError, IntegrityError, CorsError } =
    surface;
  const made = [
    new ServiceError("m", { status: 404, code: "NoSuchKey", operation: "GetObject", headers: new Headers() }),
    new NetworkError("m", { method: "GET", url: "https://h/", attempts: 1 }),
    new TimeoutError("m", "timeout", 1),
    new CredentialsError("m"),
    new DecodeError("m"),
    new IntegrityError("m", "crc64", "1", "2"),
    new CorsError("m", []),
    new surface.CallbackError("m", {}),
    new surface.SourceChangedError("m"),
    new surface.TransferError("m", { cause: undefined }),
  ];
  assert.sameMembers(
    made.map(({ name }) => name),
    NAMES,
  );
  assert.isFalse(
    made.every((error) => error.constructor.name === error.name),
    "the bundle is minified, or this test shows nothing",
  );
});

test("the client of a minified copy throws errors of that copy, which any other copy knows", async () => {
  const [one, other] = [await minifiedCopy(), await minifiedCopy()];
  const client = one.createClient({
    region: "cn-hangzhou",
    bucket: "photos",
    credentials: { accessKeyId: "ak", accessKeySecret: "sk" },
    fetch: async () => new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 404 }),
  });
  const error: unknown = await one.getObject(client, { key: "k" }).catch((thrown: unknown) => thrown);
  assert.instanceOf(error, one.ServiceError);
  assert.notInstanceOf(error, other.ServiceError);
  for (const { isOSSError } of [one, other, own]) assert.isTrue(isOSSError(error));
  assert.deepInclude({ ...(error as own.ServiceError) }, { name: "ServiceError", code: "NoSuchKey", status: 404 });
});
