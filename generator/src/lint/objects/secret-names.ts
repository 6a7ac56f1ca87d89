/** What is a secret by its last words. */
const ENDING =
  /(?:^| )(?:password|passwd|passphrase|credentials?|token|api ?key|access ?key|secret ?key|private ?key|encryption key)$/;

/** `authSecret` is often the name of one; what follows these words is the thing itself. */
const SECRET_ITSELF =
  /^secret$|(?:^| )(?:app|authenticate|client|consumer|cookie|encryption|hmac|jwt|rpc|session|shared|signing|webhook) secret$/;

/** What is a switch or a rule about secrets by its first word. */
const ABOUT =
  /^(?:allow|auto|automount|create|disable|enable|existing|generate|has|ignore|is|max|min|mount|no|random|require|rotate|skip|use)(?:ed|d|s)? /;

/** Whether what has this name is a secret: `auth.rootPassword`, `API_TOKEN`; not `existingSecret`, `passwordKey`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[^A-Za-z0-9]+/g, ' ')
    .trim()
    .toLowerCase();
  return !ABOUT.test(words) && (ENDING.test(words) || SECRET_ITSELF.test(words));
}

/** A switch, a number, a file, or what is filled in at run time. */
const NO_SECRET =
  /^(?:true|false|yes|no|on|off|null|none|\d{1,4}|\.{0,2}\/.*|file:.*|[\w./-]+\.(?:crt|json|key|pem|txt|ya?ml)|\$[({].*)$/is;

/** Whether a text may be a secret itself. */
export function isSecretText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed !== '' && !NO_SECRET.test(trimmed);
}
