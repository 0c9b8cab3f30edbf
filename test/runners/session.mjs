/**
 * The half of a run that every runtime shares: gets the setting, starts the suite, sends the reports.
 * `base` is the controller's address of this run.
 */
const { fetch } = globalThis;

export async function runSuite(base, start) {
  const send = async (report) => {
    const response = await fetch(`${base}/report`, { method: "POST", body: JSON.stringify(report) });
    await response.text();
  };
  try {
    const setting = await (await fetch(`${base}/setting`)).json();
    const secure = globalThis.crypto.subtle !== undefined;
    if (secure !== setting.environment.secure) throw new Error(`crypto.subtle is ${secure ? "there" : "missing"}`);
    await start(setting, send);
  } catch (error) {
    const failure = { message: String(error), stack: error?.stack ?? "" };
    const result = { file: "(runner)", name: "(starting the suite)", state: "failed", milliseconds: 0, failure };
    await send({ results: [result], done: true });
  }
}
