import { Fragment } from 'preact';

/** A sentence of Recado's, in which what stands between backticks is to be typed as it is. */
export function Sentence({ children }: { children: string }) {
  const parts = children.split('`');
  // An odd backtick out is a character like any other.
  if (parts.length % 2 === 0) return <>{children}</>;
  return (
    <>
      {parts.map((part, index) => {
        const key = `${index} ${part}`;
        return index % 2 === 0 ? <Fragment key={key}>{part}</Fragment> : <code key={key}>{part}</code>;
      })}
    </>
  );
}
