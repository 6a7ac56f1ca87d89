/** A URL, or what was meant as one, without user name and password: `https://…@host/path`. */
export function withoutLogin(url: string): string {
  if (URL.canParse(url)) return url.replace(/(?<=:\/\/)[^/?#]*@/, '…@');
  // Of what is no URL nobody knows where its password ends.
  const start = url.indexOf('://') + '://'.length;
  const end = url.lastIndexOf('@');
  return start < '://'.length || end < start ? url : `${url.slice(0, start)}…${url.slice(end)}`;
}
