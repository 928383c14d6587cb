import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AT_RISK, SIGNS, type State } from '../states';

/** The shape of a state, for where its name stands beside it or in a label. */
export function StateSign({ state, atRisk }: { state: State; atRisk?: boolean }) {
  const { icon: Sign, colour } = atRisk ? AT_RISK : SIGNS[state];
  return <Sign size={15} stroke={2.2} color={`var(--mantine-color-${colour}-text)`} aria-hidden />;
}

/** A state with its shape and its name. */
export function StateBadge({ state, atRisk = false }: { state: State; atRisk?: boolean }) {
  const { t } = useTranslation('scheduler');
  const { colour } = atRisk ? AT_RISK : SIGNS[state];
  return (
    <Badge
      variant="light"
      color={colour}
      tt="none"
      fw={600}
      autoContrast
      leftSection={<StateSign state={state} atRisk={atRisk} />}
    >
      {atRisk ? t('atRisk') : t(`state.${state}`)}
    </Badge>
  );
}
