/**
 * The page: a session, a client, a queue, and the three parts that show them.
 * @module
 */
import { indexedDBStore } from "oss-fetch/stores/indexed-db";
import { mountBrowser } from "./files/browser.ts";
import { mountPicker } from "./pick/picker.ts";
import { createPageClient } from "./session/client.ts";
import { explainHere, whyWaiting } from "./session/reach.ts";
import { openSession, type Settings } from "./session/session.ts";
import { downloadTask } from "./transfers/download_task.ts";
import { createFollower } from "./transfers/follow.ts";
import { mountTransfers } from "./transfers/panel.ts";
import { createQueue } from "./transfers/queue.ts";
import { mountUnfinished, type Unfinished } from "./transfers/unfinished.ts";
import { uploadTask } from "./transfers/upload_task.ts";
import { byId, setText } from "./ui/dom.ts";
import { formatTime } from "./ui/format.ts";
import { problemPanel } from "./ui/problem.ts";

/** Files at once. An upload has four requests under way, and a browser opens six to a host. */
const FILES_AT_ONCE = 2;

function run(settings: Settings): void {
  const { prefix, endpoint } = settings;
  const client = createPageClient(settings, (end) => setText(byId("keys"), `Keys renew before ${formatTime(end)}`));
  const checkpoints = indexedDBStore("oss-fetch-demo");
  setText(byId("place"), prefix);
  const explain = (error: unknown) => explainHere(error, endpoint);
  let unfinished: Unfinished | undefined;
  const queue = createQueue({
    concurrency: FILES_AT_ONCE,
    explain,
    whyWaiting: () => whyWaiting(endpoint),
    changed(transfer) {
      draw();
      follow(transfer);
      unfinished?.follow(transfer);
    },
  });
  const draw = mountTransfers(queue);
  const follow = createFollower(() => browser.refresh());
  const browser = mountBrowser({
    client,
    explain,
    root: prefix,
    download: (key, name, size) => queue.add([downloadTask(client, key, name, size)]),
  });
  unfinished = mountUnfinished({ client, checkpoints, queue, root: prefix, explain });
  const { take } = unfinished;
  mountPicker((picked) => {
    const folder = prefix + browser.folder();
    queue.add(take(picked).map((file) => uploadTask(client, checkpoints, folder, file)));
  });
}

async function start(): Promise<void> {
  const state = byId("file-state");
  state.replaceChildren();
  try {
    run(await openSession());
  } catch (error) {
    state.replaceChildren(problemPanel(await explainHere(error, location.origin), () => void start()));
  }
}

void start();
