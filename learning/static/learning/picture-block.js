// In the editors' admin: a picture that is chosen brings its own description, and decoration needs none.
(() => {
  const { StructBlockDefinition } = window.wagtailStreamField.blocks;

  class ImageWithCredit extends StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      const alt = document.getElementById(`${prefix}-alt`);
      const decorative = document.getElementById(`${prefix}-decorative`);
      let offered = (initialState && initialState.image && initialState.image.default_alt_text) || "";

      const adapt = () => {
        alt.readOnly = decorative.checked;
      };
      adapt();
      decorative.addEventListener("change", adapt);
      block.childBlocks.image.widget.addEventListener("chosen", ({ detail }) => {
        // What an editor wrote stays.
        if (alt.value === "" || alt.value === offered) alt.value = detail.default_alt_text || "";
        offered = detail.default_alt_text || "";
      });
      return block;
    }
  }

  window.telepath.register("learning.blocks.ImageWithCredit", ImageWithCredit);
})();
