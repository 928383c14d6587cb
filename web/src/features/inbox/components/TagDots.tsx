import { useQuery } from '@tanstack/react-query';
import { tagsQuery } from '@/shared/conversation/queries';
import classes from './Tags.module.css';

/** Tags in a row of the list: a dot and the name of the first, dots of the others. */
export function TagDots({ ids }: { ids: readonly string[] }) {
  const tags = (useQuery(tagsQuery).data ?? []).filter((tag) => ids.includes(tag.id));
  return (
    <>
      {tags.map((tag, place) => (
        <span key={tag.id} className={classes.tag} title={tag.name}>
          <span className={classes.dot} style={{ background: tag.color }} />
          {place === 0 && <span className={classes.name}>{tag.name}</span>}
        </span>
      ))}
    </>
  );
}
