import { userFault } from '@skerry/shared/base/fault';

/** A session is for one profile: another one's scope is not for its token. @throws Fault `auth/profile-not-allowed` */
export function checkProfile<T extends { readonly profile: string }>(profile: string, request: T): T {
  if (request.profile === profile) return request;
  throw userFault(
    'auth/profile-not-allowed',
    `This session is for the profile ${profile}. Sign in for ${request.profile}.`,
  );
}
