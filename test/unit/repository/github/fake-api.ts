/** An answer of a stand-in for GitHub's API. */
export interface Answered {
  status: number;
  body?: unknown;
  link?: string;
}

export const MISSING: Answered = { status: 404, body: { message: 'Not Found' } };

export function refused(message: string, code?: string): Answered {
  return { status: 422, body: { message, ...(code !== undefined && { errors: [{ code }] }) } };
}

/** What a client sends as JSON. */
export type Fields = Record<string, string | boolean | undefined>;

export function fieldsOf(content: Buffer): Fields {
  return JSON.parse(content.toString()) as Fields;
}
