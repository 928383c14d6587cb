import { Modal, Stack, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAllCommands } from '@/shared/lib/commands';
import { Keys } from '@/shared/ui/Keys';
import { helpOpen } from './helpOpen';

/** Every key that does something here and now, by area; opened with `?`. */
export function KeyboardHelp() {
  const { t } = useTranslation();
  const commands = useAllCommands().filter((command) => command.keys);
  const sections = Map.groupBy(commands, (command) => command.section);
  return (
    <Modal
      opened
      onClose={() => helpOpen.set(false)}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="md"
    >
      <Stack gap="lg">
        {[...sections].map(([section, members]) => (
          <section key={section}>
            <Title order={3} size="h6" c="dimmed">
              {section}
            </Title>
            <Table verticalSpacing={4} withRowBorders={false}>
              <Table.Tbody>
                {members.map(({ id, label, keys }) => (
                  <Table.Tr key={id}>
                    <Table.Td>{label}</Table.Td>
                    <Table.Td ta="right">{keys && <Keys keys={keys} />}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </section>
        ))}
      </Stack>
    </Modal>
  );
}
