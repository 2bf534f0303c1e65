import './design/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Gallery } from './gallery/gallery.tsx';
import { openWindowLink } from './host/window-link.ts';
import { followProject, type ProjectFollower } from './workbench/follow-project.ts';
import { Studio } from './workbench/studio.tsx';

const place = document.getElementById('studio');
if (!place) throw new Error('The page has no place for the studio.');
const root = createRoot(place);

if (location.hash === '#/gallery') root.render(<Gallery />);
else {
  let follower: ProjectFollower | undefined;
  const link = openWindowLink(() => void follower?.refetch());
  follower = followProject(link);
  root.render(
    <StrictMode>
      <Studio link={link} />
    </StrictMode>,
  );
}
