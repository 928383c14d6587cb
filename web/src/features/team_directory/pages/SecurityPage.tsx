import { Stack } from '@mantine/core';
import { PasswordForm } from '../components/PasswordForm';
import { SecondFactor } from '../components/SecondFactor';

export function SecurityPage() {
  return (
    <Stack gap={40}>
      <SecondFactor />
      <PasswordForm />
    </Stack>
  );
}
