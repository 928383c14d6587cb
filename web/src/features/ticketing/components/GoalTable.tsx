import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PRIORITIES } from '@/shared/lib/priorities';
import { goalOf, measureOf, readSpan, TARGETS, withMeasure, type PolicyDraft } from '../levels';
import classes from './GoalTable.module.css';

interface Props {
  draft: PolicyDraft;
  change: (some: Partial<PolicyDraft>) => void;
  readOnly: boolean;
}

/** What is promised for each priority, and in which time it is counted. */
export function GoalTable({ draft, change, readOnly }: Props) {
  const { t } = useTranslation(['ticketing', 'common']);
  return (
    // Where it is too wide it is scrolled, by the keyboard, too, as the fields take the focus.
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('levels.times')}>
        <thead>
          <tr>
            <td />
            {TARGETS.map((target) => (
              <th key={target} scope="col">
                {t(`clock.target.${target}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PRIORITIES.map((priority) => (
            <tr key={priority}>
              <th scope="row">{t(`common:priority.${priority}`)}</th>
              {TARGETS.map((target) => {
                const goal = goalOf(priority, target);
                const wrong = readSpan(draft.times[goal]) === undefined;
                return (
                  <td key={target}>
                    <TextInput
                      size="xs"
                      aria-label={`${t(`common:priority.${priority}`)}: ${t(`clock.target.${target}`)}`}
                      placeholder="–"
                      readOnly={readOnly}
                      value={draft.times[goal]}
                      error={wrong && t('levels.timeWrong')}
                      onChange={({ currentTarget: { value } }) =>
                        change({ times: { ...draft.times, [goal]: value } })
                      }
                    />
                  </td>
                );
              })}
            </tr>
          ))}
          <Measures draft={draft} change={change} readOnly={readOnly} />
        </tbody>
      </table>
    </div>
  );
}

function Measures({ draft, change, readOnly }: Props) {
  const { t } = useTranslation('ticketing');
  const measures = (['business', 'wall'] as const).map((value) => ({
    value,
    label: t(`levels.measure.${value}`),
  }));
  return (
    <tr>
      <th scope="row">{t('levels.counted')}</th>
      {TARGETS.map((target) => (
        <td key={target}>
          <Select
            size="xs"
            aria-label={`${t('levels.counted')}: ${t(`clock.target.${target}`)}`}
            placeholder={t('levels.different')}
            allowDeselect={false}
            readOnly={readOnly}
            data={measures}
            value={measureOf(draft, target)}
            onChange={(measure) => measure && change(withMeasure(draft, target, measure))}
          />
        </td>
      ))}
    </tr>
  );
}
