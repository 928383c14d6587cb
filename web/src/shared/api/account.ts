import { api, ask } from './client';
import type { components } from './schema';

type Described = Pick<components['schemas']['EditMemberBody'], 'name' | 'locale' | 'time_zone'>;

/** What everybody may say about themselves. */
export async function saveOwnProfile(id: string, described: Described): Promise<void> {
  const { member_version: version } = await ask(api.GET('/api/v1/team/account'));
  const params = { path: { member_id: id } };
  await ask(
    api.PATCH('/api/v1/team/members/{member_id}', { params, body: { ...described, version } }),
  );
}
