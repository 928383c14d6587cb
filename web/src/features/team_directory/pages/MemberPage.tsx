import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Answer } from '@/shared/ui/States';
import { Sheet } from '@/shared/ui/Sheet';
import { MemberForm } from '../components/MemberForm';
import { memberQuery } from '../queries';

export function MemberPage() {
  const { memberId } = useParams({ from: '/desk/team/people/$memberId' });
  const search = useSearch({ from: '/desk/team/people' });
  const navigate = useNavigate();
  const found = useQuery(memberQuery(memberId));
  const close = () => void navigate({ to: '/team/people', search });
  return (
    <Sheet title={found.data?.name ?? ''} close={close}>
      <Answer to={found}>
        {(member) => <MemberForm key={memberId} member={member} close={close} />}
      </Answer>
    </Sheet>
  );
}
