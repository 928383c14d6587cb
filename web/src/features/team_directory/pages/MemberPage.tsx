import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Failed, Loading } from '@/shared/ui/States';
import { Sheet } from '@/shared/ui/Sheet';
import { MemberForm } from '../components/MemberForm';
import { memberQuery } from '../queries';

export function MemberPage() {
  const { memberId } = useParams({ from: '/desk/team/people/$memberId' });
  const search = useSearch({ from: '/desk/team/people' });
  const navigate = useNavigate();
  const { data: member, error, refetch } = useQuery(memberQuery(memberId));
  const close = () => void navigate({ to: '/team/people', search });
  return (
    <Sheet title={member?.name ?? ''} close={close}>
      {error && !member && <Failed error={error} retry={() => void refetch()} />}
      {!error && !member && <Loading />}
      {member && <MemberForm key={memberId} member={member} close={close} />}
    </Sheet>
  );
}
