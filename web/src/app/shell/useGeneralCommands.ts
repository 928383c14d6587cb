import { spotlight } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/shared/api/session';
import { useCommands, type Command } from '@/shared/lib/commands';
import { helpOpen } from './helpOpen';
import { AREAS } from './navigation';
import { useLogOut } from './useLogOut';

/** What can be done from anywhere. */
export function useGeneralCommands(): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const session = useSession();
  const logOut = useLogOut();
  const go = t('palette.go');
  const general = t('palette.general');
  const areas = AREAS.filter((area) => session.may(area.module, 'view'));
  const commands: Command[] = [
    ...areas.map(({ name, to, keys }) => ({
      id: `go.${name}`,
      label: t(`nav.${name}`),
      section: go,
      keys,
      run: () => void navigate({ to }),
    })),
    {
      id: 'go.account',
      label: t('nav.account'),
      section: go,
      run: () => void navigate({ to: '/account' }),
    },
    {
      id: 'palette',
      label: t('palette.open'),
      section: general,
      keys: 'mod+k',
      keyOnly: true,
      run: spotlight.open,
    },
    {
      id: 'keys',
      label: t('keys.open'),
      section: general,
      keys: '?',
      run: () => helpOpen.set(true),
    },
    { id: 'log-out', label: t('account.logOut'), section: general, run: logOut },
  ];
  if (session.may('publishing', 'edit')) {
    commands.push({
      id: 'post.new',
      label: t('palette.newPost'),
      section: general,
      run: () => void navigate({ to: '/calendar/posts/new' }),
    });
  }
  useCommands(commands);
}
