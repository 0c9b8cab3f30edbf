/**
 * Picking: two inputs, a picker that gives handles where the browser has one, and the whole page as a place to drop files on.
 * @module
 */
import { type PickedFile, walkDrop, walkInput } from "oss-fetch/page";
import { alertReader } from "../ui/announce.ts";
import { byId } from "../ui/dom.ts";

/**
 * Listens to inputs and drops.
 * @param onPicked told of files, at least one
 */
export function mountPicker(onPicked: (picked: readonly PickedFile[]) => void): void {
  const take = (picked: readonly PickedFile[]): void => {
    if (picked.length > 0) onPicked(picked);
  };
  for (const id of ["pick", "pick-folder"]) {
    const input = byId(id);
    if (!(input instanceof HTMLInputElement)) continue;
    if (id === "pick") preferHandles(input, take);
    input.addEventListener("change", () => {
      take(walkInput(input.files));
      // Else the same file cannot be picked twice.
      input.value = "";
    });
  }
  if (!("webkitdirectory" in HTMLInputElement.prototype)) byId("pick-folder-label").hidden = true;
  mountDrop(take);
}

/** `showOpenFilePicker` of Chromium. */
interface Picking {
  showOpenFilePicker?(options: { multiple: boolean }): Promise<FileSystemFileHandle[]>;
}

/** What is picked with a handle need not be picked again after a reload. */
function preferHandles(input: HTMLInputElement, take: (picked: readonly PickedFile[]) => void): void {
  input.addEventListener("click", (event) => {
    const { showOpenFilePicker } = window as Picking;
    if (!showOpenFilePicker) return;
    event.preventDefault();
    const pick = async (): Promise<PickedFile[]> => {
      const handles = await showOpenFilePicker({ multiple: true });
      return Promise.all(handles.map(async (handle) => ({ path: handle.name, file: await handle.getFile(), handle })));
    };
    pick().then(take, (error: unknown) => {
      if ((error as Error).name !== "AbortError") alertReader("What you picked cannot be read.");
    });
  });
}

function mountDrop(take: (picked: readonly PickedFile[]) => void): void {
  const { classList } = document.documentElement;
  // Entering a child comes before leaving its parent.
  let depth = 0;
  const isFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const end = (): void => {
    depth = 0;
    classList.remove("is-dropping");
  };
  addEventListener("dragenter", (event) => {
    if (!isFiles(event)) return;
    depth++;
    classList.add("is-dropping");
  });
  addEventListener("dragleave", (event) => {
    if (isFiles(event) && --depth <= 0) end();
  });
  addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
  });
  addEventListener("drop", (event) => {
    if (!isFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    end();
    collect(walkDrop(event.dataTransfer)).then(take, () => alertReader("What you dropped cannot be read."));
  });
}

async function collect(walk: AsyncIterable<PickedFile>): Promise<PickedFile[]> {
  const picked: PickedFile[] = [];
  for await (const file of walk) picked.push(file);
  return picked;
}
