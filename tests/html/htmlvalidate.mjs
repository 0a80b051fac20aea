// What a page owes beside being read by browsers: the standard, accessibility, and what a whole document needs.
export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    // On narrow screens rows are laid out as cards, and a table that is no grid of cells any more keeps its meaning
    // only by roles that are written down.
    "no-redundant-role": "off",
    // The style sheet comes from our own host, as the page does: who can change one can change the other.
    "require-sri": "off",
  },
};
