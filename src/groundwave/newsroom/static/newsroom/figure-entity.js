// The figure in a story's text: chosen from the event that the form names, put there
// as words, and kept in one piece. Loaded after Wagtail's own editor.
(() => {
  const { React, DraftJS, draftail } = window;

  const ENDS_A_SENTENCE = /(^|[.!?:]["”’)]*\s+)$/;

  const capital = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);

  const beginsSentence = (content, selection) => {
    const text = content.getBlockForKey(selection.getStartKey()).getText();
    return ENDS_A_SENTENCE.test(text.slice(0, selection.getStartOffset()));
  };

  class FigureSource extends draftail.ModalWorkflowSource {
    getChooserConfig() {
      const event = document.querySelector('input[name="event"]');
      return {
        url: this.props.entityType.chooserUrls.figures,
        urlParams: { event: event ? event.value : "" },
        onload: { choose: (modal) => this.offer(modal) },
        responses: { chosen: this.onChosen },
      };
    }

    offer(modal) {
      for (const button of modal.body[0].querySelectorAll("[data-figure]")) {
        button.addEventListener("click", () => {
          const { figure: uid, words } = button.dataset;
          modal.respond("chosen", { uid, words });
        });
      }
    }

    onChosen({ uid, words }) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState.getCurrentContent();
      const said = beginsSentence(content, selection) ? capital(words) : words;
      const named = content.createEntity(entityType.type, "IMMUTABLE", { uid });
      const written = DraftJS.Modifier.replaceText(
        named,
        selection,
        said,
        null,
        named.getLastCreatedEntityKey(),
      );
      // A dialog that has gone gives the keyboard back to what had it before, which
      // would take it out of the text again.
      this.workflow.container.one("hidden.bs.modal", () =>
        onComplete(
          DraftJS.EditorState.push(editorState, written, "insert-characters"),
        ),
      );
      this.workflow.close();
    }
  }

  const FigureWords = ({ children }) =>
    React.createElement("span", { className: "gw-figure-words" }, children);

  draftail.registerPlugin(
    { type: "FIGURE", source: FigureSource, decorator: FigureWords },
    "entityTypes",
  );
})();
