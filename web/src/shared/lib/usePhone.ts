import { useMediaQuery } from '@mantine/hooks';

/** The same width as in the style sheets. */
const PHONE = '(max-width: 47.99em)';

/** Whether the screen is as narrow as a phone's; known from the first drawing on. */
export function usePhone(): boolean {
  return useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
}
