import { useSession } from '@/shared/api/session';
import { Section as Frame, type SectionProps } from '@/shared/ui/Section';
import { mayOpen, type Part } from '../sections';

type Props = Omit<SectionProps, 'allowed'> & { part: Part };

/** One part of the team area. */
export function Section({ part, ...props }: Props) {
  return <Frame {...props} allowed={mayOpen(useSession(), part)} />;
}
