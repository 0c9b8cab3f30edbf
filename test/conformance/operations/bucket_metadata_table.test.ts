/** Tables that tell of the objects in a bucket and of their changes. */
import {
  createBucketMetadataConfiguration,
  deleteBucketMetadataConfiguration,
  getBucketMetadataConfiguration,
  updateBucketMetadataInventoryTableConfiguration,
  updateBucketMetadataJournalTableConfiguration,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

const KMS = { sseAlgorithm: "SSE-KMS", kmsKeyArn: "acs:kms:cn-hangzhou:123456789012:key/key-id" };
const JOURNAL = { expiration: "ENABLED", days: 7, ...KMS };
const INVENTORY = { configurationState: "ENABLED", ...KMS };
const TABLES = { journalTable: JOURNAL, inventoryTable: INVENTORY };

const KMS_XML = `<EncryptionConfiguration><SseAlgorithm>SSE-KMS</SseAlgorithm><KmsKeyArn>${KMS.kmsKeyArn}</KmsKeyArn></EncryptionConfiguration>`;
const JOURNAL_XML = `<RecordExpiration><Expiration>ENABLED</Expiration><Days>7</Days></RecordExpiration>${KMS_XML}`;
const INVENTORY_XML = `<ConfigurationState>ENABLED</ConfigurationState>${KMS_XML}`;
const JOURNAL_DOCUMENT = `<JournalTableConfiguration>${JOURNAL_XML}</JournalTableConfiguration>`;
const INVENTORY_DOCUMENT = `<InventoryTableConfiguration>${INVENTORY_XML}</InventoryTableConfiguration>`;
const DOCUMENT = `<MetadataConfiguration>${JOURNAL_DOCUMENT}${INVENTORY_DOCUMENT}</MetadataConfiguration>`;

const NOT_FOUND = { status: 404, code: "MetadataConfigurationNotFound" };
const create = ({ client }: Stage): Promise<unknown> => createBucketMetadataConfiguration(client, TABLES);

operationCase("CreateBucketMetadataConfiguration", "is what GetBucketMetadataConfiguration tells of", async (stage) => {
  const { client, bucket } = stage;
  assert.deepEqual(own(await createBucketMetadataConfiguration(client, TABLES), 200), {});
  const { journalTable, inventoryTable, ...place } = own(await getBucketMetadataConfiguration(client, {}), 200);
  assert.equal(place.tableBucketType, "oss");
  assert.equal(place.tableNamespace, `b_${bucket}`);
  assert.include(journalTable, { ...JOURNAL, tableName: "journal", tableStatus: "ACTIVE" });
  assert.include(inventoryTable, { ...INVENTORY, tableName: "inventory", tableStatus: "ACTIVE" });
  assert.include(inventoryTable?.tableArn ?? "", place.tableBucketArn ?? "none");
});

operationCase("CreateBucketMetadataConfiguration", "needs no table of what is there", async ({ client }) => {
  await createBucketMetadataConfiguration(client, { journalTable: { expiration: "DISABLED" } });
  const { journalTable, inventoryTable } = await getBucketMetadataConfiguration(client, {});
  assert.propertyVal(journalTable, "expiration", "DISABLED");
  assert.isUndefined(inventoryTable);
});

operationCase("UpdateBucketMetadataJournalTableConfiguration", "changes what it tells", async (stage) => {
  const { client } = stage;
  await create(stage);
  const changed = await updateBucketMetadataJournalTableConfiguration(client, { expiration: "DISABLED" });
  assert.deepEqual(own(changed, 200), {});
  const { journalTable, inventoryTable } = await getBucketMetadataConfiguration(client, {});
  assert.propertyVal(journalTable, "expiration", "DISABLED");
  assert.include(journalTable, KMS);
  assert.include(inventoryTable, INVENTORY);
});

operationCase("UpdateBucketMetadataInventoryTableConfiguration", "ends and begins the table", async (stage) => {
  const { client } = stage;
  await createBucketMetadataConfiguration(client, { journalTable: JOURNAL });
  const begun = await updateBucketMetadataInventoryTableConfiguration(client, INVENTORY);
  assert.deepEqual(own(begun, 200), {});
  assert.include((await getBucketMetadataConfiguration(client, {})).inventoryTable, INVENTORY);
  await updateBucketMetadataInventoryTableConfiguration(client, { configurationState: "DISABLED" });
  const { journalTable, inventoryTable } = await getBucketMetadataConfiguration(client, {});
  assert.propertyVal(inventoryTable, "configurationState", "DISABLED");
  assert.include(journalTable, JOURNAL);
});

operationCase("GetBucketMetadataConfiguration", "finds none at first", async ({ client }) => {
  await assertRefused(getBucketMetadataConfiguration(client, {}), NOT_FOUND);
  await assertRefused(updateBucketMetadataJournalTableConfiguration(client, JOURNAL), NOT_FOUND);
  await assertRefused(updateBucketMetadataInventoryTableConfiguration(client, INVENTORY), NOT_FOUND);
});

operationCase("DeleteBucketMetadataConfiguration", "drops them", async (stage) => {
  const { client } = stage;
  await create(stage);
  assert.deepEqual(own(await deleteBucketMetadataConfiguration(client, {}), 204), {});
  await assertRefused(getBucketMetadataConfiguration(client, {}), NOT_FOUND);
});

const at = (query: string): string => `https://photos.oss-cn-hangzhou.aliyuncs.com/?${query}`;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const headers = { "content-type": "application/xml" };
const configuration = at("metadataConfiguration");
sends(createBucketMetadataConfiguration, "both tables in a document", TABLES, {
  method: "POST",
  url: configuration,
  headers,
  body: `${HEAD}${DOCUMENT}`,
});
sends(getBucketMetadataConfiguration, "nothing else", {}, { method: "GET", url: configuration });
sends(deleteBucketMetadataConfiguration, "nothing else", {}, { method: "DELETE", url: configuration });
sends(updateBucketMetadataJournalTableConfiguration, "the table in a document", JOURNAL, {
  method: "PUT",
  url: at("metadataJournalTable"),
  headers,
  body: `${HEAD}${JOURNAL_DOCUMENT}`,
});
sends(updateBucketMetadataInventoryTableConfiguration, "the table in a document", INVENTORY, {
  method: "PUT",
  url: at("metadataInventoryTable"),
  headers,
  body: `${HEAD}${INVENTORY_DOCUMENT}`,
});

const FAILED = { tableStatus: "FAILED", tableName: "t", tableArn: "arn", errorCode: "E", errorMessage: "why" };
const FAILED_XML =
  "<TableStatus>FAILED</TableStatus><TableName>t</TableName><TableArn>arn</TableArn><Error><ErrorCode>E</ErrorCode><ErrorMessage>why</ErrorMessage></Error>";
reads(
  getBucketMetadataConfiguration,
  {},
  {
    body: `<GetBucketMetadataConfigurationResult><MetadataConfigurationResult><DestinationResult><TableBucketType>oss</TableBucketType><TableBucketArn>a</TableBucketArn><TableNamespace>b_photos</TableNamespace></DestinationResult><JournalTableConfigurationResult>${FAILED_XML}${JOURNAL_XML}</JournalTableConfigurationResult><InventoryTableConfigurationResult>${INVENTORY_XML}${FAILED_XML}</InventoryTableConfigurationResult></MetadataConfigurationResult></GetBucketMetadataConfigurationResult>`,
  },
  {
    tableBucketType: "oss",
    tableBucketArn: "a",
    tableNamespace: "b_photos",
    journalTable: { ...JOURNAL, ...FAILED },
    inventoryTable: { ...INVENTORY, ...FAILED },
  },
);

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
presignCase("CreateBucketMetadataConfiguration", createBucketMetadataConfiguration, {
  input: TABLES,
  body: bytes(DOCUMENT),
});
presignCase("GetBucketMetadataConfiguration", getBucketMetadataConfiguration, { prepare: create, input: {} });
presignCase("DeleteBucketMetadataConfiguration", deleteBucketMetadataConfiguration, { input: {}, status: 204 });
presignCase("UpdateBucketMetadataJournalTableConfiguration", updateBucketMetadataJournalTableConfiguration, {
  prepare: create,
  input: JOURNAL,
  body: bytes(JOURNAL_DOCUMENT),
});
presignCase("UpdateBucketMetadataInventoryTableConfiguration", updateBucketMetadataInventoryTableConfiguration, {
  prepare: create,
  input: INVENTORY,
  body: bytes(INVENTORY_DOCUMENT),
});
