import { Button, Menu, Text } from '@mantine/core';
import { IconCalendarCheck, IconChevronUp, IconSend } from '@tabler/icons-react';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEditable } from '../draft';
import type { Post, Remark } from '../queries';
import type { Act } from '../useComposer';
import type { Writing } from '../useWriting';
import { instantOf } from '@/shared/lib/zones';
import { Certain } from './Certain';
import classes from './Composer.module.css';

interface Props {
  post: Post | undefined;
  writing: Writing;
  remarks: readonly Remark[];
  act: UseMutationResult<Post, Error, Act>;
}

/** What can be done now; what cannot is said in words. */
export function ComposerActions({ post, writing, remarks, act }: Props) {
  const { t } = useTranslation('scheduler');
  const [asked, ask] = useState<'publish' | 'cancel'>();
  const { draft, dirty } = writing;
  const obstacle = useObstacle(writing, remarks);
  const busy = (one: Act) => act.isPending && act.variables === one;
  const scheduled = post?.state === 'scheduled';
  const press = (one: Act) => () => act.mutate(one);
  return (
    <div className={classes.actions}>
      <Text size="xs" c="dimmed" className={classes.said} role="status">
        {isEditable(post) && (obstacle ?? (dirty ? t('keptHere') : ''))}
      </Text>
      <MoreActions post={post} act={act} cancel={() => ask('cancel')} />
      {isEditable(post) && (
        <>
          <Button
            variant="default"
            disabled={!dirty || writing.conflict}
            loading={busy('save')}
            onClick={press('save')}
          >
            {t(scheduled ? 'saveChanges' : 'saveDraft')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconSend size={16} aria-hidden />}
            disabled={obstacle !== undefined}
            loading={busy('publish')}
            onClick={() => ask('publish')}
          >
            {t('publishNow')}
          </Button>
          <Button
            leftSection={<IconCalendarCheck size={16} aria-hidden />}
            disabled={obstacle !== undefined || !draft.when || (scheduled && !dirty)}
            loading={busy('schedule')}
            onClick={press('schedule')}
          >
            {t(scheduled ? 'reschedule' : 'schedule')}
          </Button>
        </>
      )}
      <Certain
        what={asked}
        count={draft.targets.length}
        close={() => ask(undefined)}
        go={(one) => act.mutate(one)}
      />
    </div>
  );
}

type MoreProps = Pick<Props, 'post' | 'act'> & { cancel: () => void };

function MoreActions({ post, act, cancel }: MoreProps) {
  const { t } = useTranslation(['scheduler', 'common']);
  if (!post) return null;
  const waiting = post.targets.some(({ state }) => state === 'draft' || state === 'pending');
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button variant="subtle" rightSection={<IconChevronUp size={14} aria-hidden />}>
          {t('common:more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => act.mutate('copy')}>{t('copy')}</Menu.Item>
        {post.state === 'scheduled' && (
          <Menu.Item onClick={() => act.mutate('unschedule')}>{t('unschedule')}</Menu.Item>
        )}
        {waiting && (
          <Menu.Item color="red" onClick={cancel}>
            {t('cancelPost')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Why it cannot be planned or published as it is. */
function useObstacle({ draft, conflict }: Writing, remarks: readonly Remark[]) {
  const { t } = useTranslation('scheduler');
  const errors = remarks.filter(({ severity }) => severity === 'error').length;
  if (conflict) return t('conflict.title');
  if (draft.targets.length === 0) return t('chooseProfiles');
  if (errors > 0) return t('mend', { count: errors });
  if (draft.when && instantOf(draft.when.wall, draft.when.zone).at <= new Date())
    return t('isPast');
  return undefined;
}
