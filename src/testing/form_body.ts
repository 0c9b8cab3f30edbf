/**
 * Forms as bytes, as every fetch sends them; WebKit writes no form that has files, unless it is on a socket.
 * @module
 */

/** Escapes a name as browsers do. */
function escapeName(name: string): string {
  return name.replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/"/g, "%22");
}

/**
 * Writes a form as multipart/form-data.
 * @param form fields and files, in order
 * @returns the body; its type names the boundary
 */
export function formBody(form: FormData): Blob {
  const boundary = `----form${String(Math.random()).slice(2)}`;
  const parts: (string | Blob)[] = [];
  for (const [name, value] of form) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeName(name)}"`;
    if (typeof value === "string") parts.push(`${head}\r\n\r\n${value.replace(/\r\n?|\n/g, "\r\n")}\r\n`);
    else {
      const type = value.type || "application/octet-stream";
      parts.push(`${head}; filename="${escapeName(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, value, "\r\n");
    }
  }
  return new Blob([...parts, `--${boundary}--\r\n`], { type: `multipart/form-data; boundary=${boundary}` });
}
