import type { Credentials } from '../network/request.ts';

/** What a registry knows a user by: a name and password, or a token to get others with, or one as it is. */
export type Login = Credentials | { identityToken: string } | { registryToken: string };
