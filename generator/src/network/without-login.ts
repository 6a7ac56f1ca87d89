/** A URL, or what was meant as one, without user name and password: `https://…@host/path`. */
export function withoutLogin(url: string): string {
  // Of what is no URL nobody knows where its password ends.
  const login = URL.canParse(url) ? /(?<=:\/\/)[^/?#]*@/ : /(?<=:\/\/).*@/s;
  return url.replace(login, '…@');
}
