import { expect, test } from 'vitest';
import { isSecretName, isSecretText } from '../../../../generator/src/lint/objects/secret-names.ts';

test.each([
  'password',
  'rootPassword',
  'auth.replication-password',
  'POSTGRES_PASSWORD',
  'mysql-root-password',
  'API_TOKEN',
  'apiKey',
  'apikey',
  'AWS_SECRET_ACCESS_KEY',
  'accessKey',
  'secretKey',
  'privateKey',
  'clientSecret',
  'secret',
  'credentials',
  'PASSPHRASE',
])('%s is a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  '',
  'existingSecret',
  'secretName',
  'secretKeyRef',
  'passwordKey',
  'passwordSecret',
  'existingSecretPasswordKey',
  'imagePullSecrets',
  'imagePullSecret',
  'tlsSecret',
  'PASSWORD_FILE',
  'ALLOW_EMPTY_PASSWORD',
  'allowEmptyPassword',
  'automountServiceAccountToken',
  'createToken',
  'enabledPassword',
  'AWS_ACCESS_KEY_ID',
  'tokenTtl',
  'key',
  'compassword',
  'keypasswordless',
])('%s is none', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test.each(['changeme', '12345', 'a b', 'yes!', 's3cr3t/with/slash'])('%s may be one', (text) => {
  expect(isSecretText(text)).toBe(true);
});

test.each([
  '',
  ' ',
  'true',
  'No',
  '80',
  '/etc/key',
  './key',
  'file:key',
  'tls.key',
  '$(NAME)',
  '${NAME}',
])('%s is no text of one', (text) => {
  expect(isSecretText(text)).toBe(false);
});
