import { Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '@/shared/api/problem';
import { useSession } from '@/shared/api/session';
import { ProblemNote } from '@/shared/ui/ProblemNote';
import { bodyOf, isEditable, type Draft } from '../draft';
import { remarksQuery, type Post, type Remark } from '../queries';
import { useComposer } from '../useComposer';
import { useWriting } from '../useWriting';
import { ComposerActions } from './ComposerActions';
import classes from './Composer.module.css';
import { Previews } from './Previews';
import { ProfilePicker } from './ProfilePicker';
import { Publications } from './Publications';
import { VersionTabs } from './VersionTabs';
import { WhenField } from './WhenField';
import { WritingNotes } from './WritingNotes';

interface Props {
  post?: Post;
  start: Draft;
  close: () => void;
}

const THINKING_MILLISECONDS = 400;

/** A post from its first word to what became of it; what has left can only be looked at. */
export function Composer({ post, start, close }: Props) {
  const { may } = useSession();
  const writing = useWriting(post, start);
  const { draft, change } = writing;
  const act = useComposer(post, writing, close);
  const edits = isEditable(post) && may('publishing', 'edit');
  const remarks = useRemarks(draft, post, edits);
  return (
    <>
      <div className={classes.body}>
        <Stack gap="lg" className={classes.form}>
          {act.error && <ProblemNote problem={problemOf(act.error)} />}
          {edits && <WritingNotes writing={writing} />}
          {post && post.state !== 'draft' && <Publications post={post} />}
          {edits && (
            <>
              <ProfilePicker
                draft={draft}
                change={change}
                remarks={remarks.filter(({ field }) => field === 'profile')}
              />
              <VersionTabs draft={draft} change={change} remarks={remarks} />
              <WhenField when={draft.when} change={(when) => change({ ...draft, when })} />
            </>
          )}
        </Stack>
        <div className={classes.previews}>
          <Previews draft={draft} />
        </div>
      </div>
      {may('publishing', 'edit') && (
        <ComposerActions post={post} writing={writing} remarks={remarks} act={act} />
      )}
    </>
  );
}

function useRemarks(draft: Draft, post: Post | undefined, edits: boolean): readonly Remark[] {
  const [body] = useDebouncedValue(bodyOf(draft), THINKING_MILLISECONDS);
  const enabled = edits && draft.targets.length > 0;
  const { data } = useQuery({ ...remarksQuery(body, post?.id), enabled });
  return enabled ? (data ?? []) : [];
}
