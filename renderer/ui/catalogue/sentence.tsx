import { useReference } from '../app/reference.tsx';
import classes from './area.module.css';
import { shortCode, useView, type Wording } from './view.ts';
import { SideBySide } from './wording.tsx';

/** What a measure shares with its neighbours stands back; its own words stand out. */
function Parts(props: {
  readonly leadIn: Wording | null;
  readonly text: Wording;
  readonly trailing: Wording | null;
}) {
  const { leadIn, text, trailing } = props;
  return (
    <p className={classes.sentence} lang={text.lang}>
      {leadIn !== null && <span className={classes.around}>{leadIn.text} </span>}
      {text.text}
      {trailing !== null && <span className={classes.around}> {trailing.text}</span>}
    </p>
  );
}

/** A measure as the part of its area's sentence that it is. */
export function Sentence({ code }: { readonly code: string }) {
  const { texts } = useView();
  const { catalogue } = useReference();
  const original = texts.original(code, 'text');
  const translation = texts.translation(code, 'text');
  if (original === null) return null;
  return (
    <SideBySide
      code={code}
      of={shortCode(code, catalogue.code)}
      original={
        <Parts
          leadIn={texts.original(code, 'leadIn')}
          text={original}
          trailing={texts.original(code, 'trailing')}
        />
      }
      translation={
        translation === null ? null : (
          <Parts
            leadIn={texts.translation(code, 'leadIn')}
            text={translation}
            trailing={texts.translation(code, 'trailing')}
          />
        )
      }
    />
  );
}
