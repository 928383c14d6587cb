import { useTranslation } from 'react-i18next';
import { IconNote } from '@tabler/icons-react';
import { useDirectory } from '@/shared/api/directory';
import { Face } from '@/shared/ui/Face';
import { Moment } from '@/shared/ui/Moment';
import type { Note } from './timeline';
import classes from './Timeline.module.css';

export function NoteBubble({ note }: { note: Note }) {
  const { t } = useTranslation('conversation');
  const { nameOf } = useDirectory();
  const name = nameOf(note.author_id) ?? t('timeline.somebody');
  return (
    <div className={classes.bubble} data-own="true" data-note="true">
      <Face name={name} seed={note.author_id} size={30} />
      <div className={classes.body}>
        <div className={classes.text}>{note.body}</div>
        <div className={classes.facts}>
          <span className={classes.state}>
            <IconNote size={13} aria-hidden /> {t('timeline.note')}
          </span>
          <span>{name}</span>
          <Moment at={note.created_at} />
          {note.edited_at && <span>{t('timeline.edited')}</span>}
        </div>
      </div>
    </div>
  );
}
