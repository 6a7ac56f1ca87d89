/** Files as a form has them (RFC 7578). */
export interface Multipart {
  /** Of the content, with what stands between its parts. */
  type: string;
  body: Uint8Array;
}

/**
 * Encodes files as a form.
 * @param files content by the name of its field.
 * @param fileName what to call all of them; a part without one is no file to a server.
 */
export async function encodeMultipart(
  files: Readonly<Record<string, Uint8Array>>,
  fileName: string,
): Promise<Multipart> {
  const form = new FormData();
  for (const [field, bytes] of Object.entries(files))
    form.set(field, new Blob([Buffer.from(bytes)]), fileName);
  const encoded = new Response(form);
  return {
    type: encoded.headers.get('content-type') ?? '',
    body: new Uint8Array(await encoded.arrayBuffer()),
  };
}
