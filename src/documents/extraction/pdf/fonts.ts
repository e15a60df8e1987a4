/** What the look of text says about it. */
export interface Face {
  bold: boolean;
  mono: boolean;
  /** A font of pictures: its letters are no letters. */
  symbols: boolean;
}

const plain: Face = { bold: false, mono: false, symbols: false };

/** Tells the look of a font by its PostScript name, such as `ABCDEF+NimbusRomNo9L-Medi`; its subset's prefix says nothing. */
export function faceOf(fontName: string | undefined): Face {
  if (!fontName) return plain;
  const name = fontName.replace(/^[A-Z]{6}\+/, "");
  return {
    // "Medi" is the bold of the Nimbus family, CMBX and SFBX are those of Computer Modern.
    bold: /bold|black|heavy|semibold|demi|-medi(?:um)?(?![a-z])|^(?:cm|sf)(?:bx|ssbx)/i.test(name),
    mono: /mono|courier|consol|typewriter|menlo|^(?:cm|sf)tt|code/i.test(name),
    symbols: /wingding|dingbat|^symbol|webding|awesome/i.test(name),
  };
}
