import { Navigate } from '@tanstack/react-router';
import { useSession } from '@/shared/api/session';
import { AREAS } from './navigation';

/** The first area that the role shows is where the day begins. */
export function Home() {
  const { may } = useSession();
  const first = AREAS.find((area) => may(area.module, 'view'));
  return <Navigate to={first?.to ?? '/account'} replace />;
}
