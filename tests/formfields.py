"""What a browser would send of a page's form: its fields as they stand, read from the page's text."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id, self.inside, self.fields = form_id, False, dict[str, str]()
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.inside = given.get("id") == self.form_id
        if not self.inside:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and name:
            if given.get("type") not in ("checkbox", "radio"):
                self.fields[name] = value
            elif "checked" in given:
                self.fields[name] = value or "on"
        elif tag == "select":
            self.select, self.fields[name] = name, ""
        elif tag == "option" and "selected" in given:
            self.fields[self.select] = value
        elif tag == "textarea":
            self.textarea, self.fields[name] = name, ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.fields[self.textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            self.textarea = ""


def fields_of(page: str, form_id: str) -> dict[str, str]:
    """The names and values that the form with this id would send; buttons are pressed by adding theirs."""
    form = _Form(form_id)
    form.feed(page)
    return form.fields
