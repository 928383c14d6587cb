import { Button, Combobox, Group, useCombobox, type ButtonProps } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands, type Command } from '@/shared/lib/commands';

export interface Choice {
  value: string;
  label: string;
  icon?: ReactNode;
  chosen?: boolean;
}

/** Listed under its section, and named by what it does. */
export type PickerCommand = Pick<Command, 'label' | 'section' | 'keys'>;

interface Props {
  label: string;
  icon: ReactNode;
  groups: readonly { label?: string; choices: readonly Choice[] }[];
  pick: (value: string) => void;
  /** With it the choices can be searched. */
  find?: string;
  /** What to do with words that no choice has; undefined where they mean nothing. */
  make?: { label: (words: string) => string; run: (words: string) => void };
  /** What opens it without a mouse; the button itself may be labelled by what is chosen. */
  command?: PickerCommand | undefined;
  variant?: ButtonProps['variant'];
  /** Several may be chosen one after the other. */
  several?: boolean;
  disabled?: boolean;
  title?: string;
}

/** A button that opens a list to choose from, with the keyboard or without. */
export function Picker(props: Props) {
  const { label, icon, groups, pick, find, command, several, disabled, title } = props;
  const [words, setWords] = useState('');
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      setWords('');
    },
    onDropdownOpen: () => (find ? box.focusSearchInput() : box.selectFirstOption()),
  });
  useCommands(
    command && !disabled
      ? [{ ...command, id: `pick.${command.label}`, run: () => box.openDropdown() }]
      : [],
  );
  const choose = (value: string) => {
    if (value === MAKE) props.make?.run(words.trim());
    else pick(value);
    if (several) setWords('');
    else box.closeDropdown();
  };
  return (
    <Combobox
      store={box}
      width={250}
      position="bottom-end"
      keepMounted={false}
      onOptionSubmit={choose}
    >
      <Combobox.Target targetType="button">
        <Button
          size="xs"
          variant={props.variant ?? 'default'}
          leftSection={icon}
          disabled={disabled ?? false}
          title={title}
          onClick={() => box.toggleDropdown()}
        >
          {label}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {find && (
          <Combobox.Search
            aria-label={find}
            placeholder={find}
            value={words}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              box.selectFirstOption();
            }}
          />
        )}
        <Choices groups={groups} words={words} {...(props.make && { make: props.make.label })} />
      </Combobox.Dropdown>
    </Combobox>
  );
}

const MAKE = '\u0000make';

interface ChoicesProps {
  groups: Props['groups'];
  words: string;
  make?: (words: string) => string;
}

function Choices({ groups, words, make }: ChoicesProps) {
  const { t } = useTranslation();
  const wanted = words.trim().toLowerCase();
  const fits = (choice: Choice) => choice.label.toLowerCase().includes(wanted);
  const found = groups.map((group) => ({ ...group, choices: group.choices.filter(fits) }));
  const all = found.flatMap((group) => group.choices);
  const known = all.some((choice) => choice.label.toLowerCase() === wanted);
  const makes = make && wanted && !known;
  return (
    <Combobox.Options mah={300} style={{ overflowY: 'auto' }}>
      {found.map(({ label, choices }, place) => {
        const options = choices.map((choice) => <Option key={choice.value} choice={choice} />);
        if (!label || choices.length === 0) return options;
        return (
          <Combobox.Group key={place} label={label}>
            {options}
          </Combobox.Group>
        );
      })}
      {makes && <Combobox.Option value={MAKE}>{make(words.trim())}</Combobox.Option>}
      {all.length === 0 && !makes && <Combobox.Empty>{t('palette.nothing')}</Combobox.Empty>}
    </Combobox.Options>
  );
}

function Option({ choice }: { choice: Choice }) {
  return (
    <Combobox.Option value={choice.value} active={choice.chosen ?? false}>
      <Group gap="xs" wrap="nowrap">
        {choice.icon}
        <span style={{ flex: 1 }}>{choice.label}</span>
        {choice.chosen && <IconCheck size={15} aria-hidden />}
      </Group>
    </Combobox.Option>
  );
}
