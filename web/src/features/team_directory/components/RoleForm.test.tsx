import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { draw, signedIn } from '../../../../test/draw';
import { answerWith } from '../../../../test/network';
import { rolesQuery } from '../queries';
import { RoleForm } from './RoleForm';

/** The page around the form, which looks for roles in this list. */
function Known() {
  const roles = useQuery(rolesQuery).data;
  return roles?.map(({ id }) => <p key={id}>{id}</p>);
}

test('a new role is opened once it is known', async () => {
  const stored = ['owner'];
  answerWith(({ method, url }) => {
    if (!url.endsWith('/roles')) return undefined;
    if (method === 'POST') stored.push('fresh');
    return method === 'POST' ? { id: 'fresh' } : stored.map((id) => ({ id }));
  });
  const client = signedIn({ directory: 4 });
  const known = () => client.getQueryData(rolesQuery.queryKey)?.map(({ id }) => id);
  const open = vi.fn(known);
  draw(
    <>
      <Known />
      <RoleForm done={open} />
    </>,
    client,
  );
  await screen.findByText('owner');
  await userEvent.type(screen.getByRole('textbox', { name: 'people.name' }), 'Night shift');
  await userEvent.click(screen.getByRole('button', { name: 'save' }));
  await waitFor(() => expect(open).toHaveBeenCalledWith('fresh'));
  expect(open).toHaveReturnedWith(['owner', 'fresh']);
});
