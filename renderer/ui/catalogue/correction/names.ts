import { useT } from '../../language/language.tsx';

/** What each text of an entry is called. */
export function useTextName(): (name: string) => string {
  const t = useT();
  return (name) => {
    switch (name) {
      case 'title':
      case 'shortTitle':
      case 'text':
      case 'leadIn':
      case 'trailing':
      case 'reason':
      case 'label':
        return t(`catalogue.texts.${name}`);
      default:
        return t('catalogue.texts.note');
    }
  };
}
