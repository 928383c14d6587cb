import { useTranslation } from 'react-i18next';
import { Picker } from '@/shared/ui/Picker';
import { STATES, type State, type Ticket } from '../search';
import { StateSign } from './StateBadge';

interface Props {
  ticket: Ticket;
  move: (state: State) => void;
}

/** The states that a ticket can go to from where it is. */
export function StatePicker({ ticket, move }: Props) {
  const { t } = useTranslation('ticketing');
  const possible = STATES.filter((state) => ticket.next_states.includes(state));
  const choices = possible.map((state) => ({
    value: state,
    label: t(`do.state.${state}`),
    icon: <StateSign state={state} />,
  }));
  return (
    <Picker
      label={t(`state.${ticket.state}`)}
      icon={<StateSign state={ticket.state} />}
      groups={[{ choices }]}
      pick={(state) => move(state as State)}
      disabled={possible.length === 0}
      command={{ label: t('keys.state'), section: t('keys.section'), keys: 's' }}
      {...(possible.length === 0 && { title: t('details.final') })}
    />
  );
}
