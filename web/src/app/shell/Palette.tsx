import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { useAllCommands, type Command } from '@/shared/lib/commands';
import { Keys } from '@/shared/ui/Keys';

function groupsOf(commands: readonly Command[]): SpotlightActionGroupData[] {
  const sections = Map.groupBy(commands, (command) => command.section);
  return [...sections].map(([group, members]) => ({
    group,
    actions: members.map(({ id, label, keys, run }) => ({
      id,
      label,
      rightSection: keys && <Keys keys={keys} />,
      onClick: run,
    })),
  }));
}

/** Goes anywhere and does anything that has a command; opened with Ctrl/Cmd-K. */
export function Palette() {
  const { t } = useTranslation();
  const commands = useAllCommands().filter((command) => !command.keyOnly);
  return (
    <Spotlight
      shortcut={null}
      actions={groupsOf(commands)}
      nothingFound={t('palette.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{ placeholder: t('palette.placeholder'), 'aria-label': t('palette.open') }}
    />
  );
}
