/** Single icon files carry no types of their own; importing the whole set would make every build parse 6,000 files. */
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  const icon: import('@tabler/icons-react').TablerIcon;
  export default icon;
}
