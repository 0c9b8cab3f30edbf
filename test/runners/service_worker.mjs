/** A service worker of a test: it calls what a test file exports, as the page says, and answers on the port that it got. */
import { load } from "./suite.mjs";

async function answer({ data: { setting, file, name, order }, ports: [port] }) {
  try {
    port.postMessage({ value: await (await load(setting, file))[name](order) });
  } catch (error) {
    port.postMessage({ error: `${error} ${error?.stack}` });
  }
}

addEventListener("message", (event) => event.waitUntil(answer(event)));
