import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconNote } from '@tabler/icons-react';
import { useDirectory } from '@/shared/api/directory';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import classes from './Timeline.module.css';

interface Props {
  note: { author_id: string; body: string; created_at: string; edited_at?: string | null };
  /** What kind of note it is; without it, one on the conversation. */
  label?: string;
  /** What is shown in place of the text while it is written anew. */
  editor?: ReactNode;
  tools?: ReactNode;
}

export function NoteBubble({ note, label, editor, tools }: Props) {
  const { t } = useTranslation('conversation');
  const { nameOf } = useDirectory();
  const name = nameOf(note.author_id) ?? t('timeline.somebody');
  return (
    <div className={classes.bubble} data-own="true" data-note="true">
      <Face name={name} seed={note.author_id} size={30} />
      <div className={classes.body}>
        {editor ?? <div className={classes.text}>{note.body}</div>}
        <div className={classes.facts}>
          <span className={classes.state}>
            <IconNote size={13} aria-hidden /> {label ?? t('timeline.note')}
          </span>
          <span>{name}</span>
          <Moment at={note.created_at} />
          {note.edited_at && <span>{t('timeline.edited')}</span>}
        </div>
      </div>
      {tools}
    </div>
  );
}
