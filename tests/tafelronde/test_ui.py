"""The tags of the design language say what screen readers need, and fail early on a wrong name."""

import re

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override
from wagtail.models import Page

from communities.enums import Pillar
from tafelronde.accounts.models import User
from tafelronde.templatetags import ui

BERTA = User(first_name="Berta", last_name="de Vries <b>", email="berta@voorbeeld.test")


class CaseForm(forms.Form):
    title = forms.CharField(help_text="Short. No names.")
    question = forms.CharField(widget=forms.Textarea, required=False)
    answer = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, help_text="You can change it later."
    )
    topics = forms.MultipleChoiceField(
        choices=[("a", "Housing"), ("b", "Work")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.PasswordInput)
    starts = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    photo = forms.FileField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def render_field(name: str, data: dict[str, str] | None = None) -> str:
    return render("{% field bound %}", bound=CaseForm(data)[name])


# Icons


def test_icon_is_hidden_from_screen_readers_and_points_into_the_sprite():
    html = render('{% icon "calendar" %}')
    assert 'aria-hidden="true"' in html
    assert 'href="/static/img/icons.svg#calendar"' in html


def test_icon_with_unknown_name_raises():
    with pytest.raises(ValueError, match="no-such-icon"):
        render('{% icon "no-such-icon" %}')


@pytest.mark.parametrize("kind", Pillar.values)
def test_pillar_icon_has_the_hue_of_every_kind_of_programme_item(kind):
    assert f"icon--pillar icon--{kind}" in render("{% pillar_icon kind %}", kind=kind)


# The frame


def test_frame_is_told_nothing_of_the_reader_and_speaks_each_language():
    shown = {}
    for language in ("nl", "en", "nl"):
        with override(language):
            part = render('{% frame "includes/footer.html" %}', user=BERTA, site_name="Van een ander")
        assert shown.setdefault(language, part) == part
        assert "Berta" not in part
        assert "Van een ander" not in part
    assert "Privacy" in shown["nl"]
    assert shown["nl"] != shown["en"]


def test_frame_follows_the_name_of_the_site_and_the_files(settings):
    before = render('{% frame "includes/footer.html" %}')
    settings.SITE_NAME = "Meerwold"
    assert render('{% frame "includes/footer.html" %}') == before.replace("Tafelronde", "Meerwold")


# People


def test_avatar_is_decoration_beside_a_name():
    html = render("{% avatar user %}", user=BERTA)
    assert 'aria-hidden="true"' in html
    assert ">BD<" in html


def test_avatar_says_its_name_where_it_stands_alone():
    html = render('{% avatar user size="large" named=True %}', user=BERTA)
    assert 'role="img" aria-label="Berta de Vries &lt;b&gt;"' in html
    assert "avatar--large" in html
    assert "aria-hidden" not in html


def test_avatar_shows_the_photo():
    user = User(first_name="Berta", email="berta@voorbeeld.test", photo="photos/berta.webp")
    assert '<img src="/foto/photos/berta.webp" alt=""' in render("{% avatar user %}", user=user)


# Fields


def test_field_ties_label_help_and_error_to_the_input():
    html = render_field("title", {"title": ""})
    assert '<label class="field__label" for="id_title">' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_without_error_is_not_marked_invalid():
    html = render_field("title")
    assert "aria-invalid" not in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert "required" in html


def test_field_keeps_what_was_typed_when_another_field_is_wrong():
    assert 'value="Ring road"' in render_field("title", {"title": "Ring road"})


def test_field_says_in_words_that_it_is_optional():
    assert "field__optional" in render_field("question")
    assert "field__optional" not in render_field("title")


@pytest.mark.parametrize(("name", "kind"), [("answer", "radio"), ("topics", "checkbox")])
def test_field_with_choices_is_a_group_with_a_label_per_choice(name, kind):
    html = render_field(name, {"answer": "?", "topics": "?"})
    assert "<legend" in html
    assert re.search(
        rf'<fieldset class="field field--group field--error" aria-describedby="[^"]*id_{name}_error"', html
    )
    inputs = re.findall(rf'<input type="{kind}"[^>]* id="(\w+)"', html)
    assert len(inputs) == 2
    assert [f'for="{each}"' in html for each in inputs] == [True, True]


def test_field_with_one_check_box_has_its_words_behind_the_box_and_its_error():
    html = render_field("agreed", {})
    assert re.search(r'<label class="choice" for="id_agreed"><input[^>]*><span>I agree</span>', html)
    assert 'aria-describedby="id_agreed_error"' in html


def test_field_for_a_password_can_get_a_button_to_show_it():
    assert re.search(r'data-password data-show="\w+" data-show-label="[^"]+"', render_field("secret"))


def test_field_keeps_date_and_file_inputs():
    assert 'type="date"' in render_field("starts")
    assert 'type="file"' in render_field("photo")


def test_field_that_is_hidden_comes_out_bare():
    assert render_field("token").strip() == '<input type="hidden" name="token" id="id_token">'


def test_field_escapes_label_and_error():
    class Sly(forms.Form):
        name = forms.CharField(label="<i>Name</i>", error_messages={"required": "<b>No</b>"})

    html = render("{% field bound %}", bound=Sly({})["name"])
    assert "<i>" not in html
    assert "<b>" not in html


def test_form_errors_link_to_each_place_and_take_the_focus():
    form = CaseForm({"title": "x", "answer": "yes", "secret": "x", "starts": "soon"})
    form.add_error(None, "The meeting is full.")
    html = render("{% form_errors form %}", form=form)
    assert 'role="alert" tabindex="-1" data-autofocus' in html
    assert re.findall(r'href="#(\w+)"', html) == ["id_agreed", "id_starts"]
    assert "The meeting is full." in html


@pytest.mark.parametrize("name", ["answer", "topics"])
def test_form_errors_lead_to_the_first_choice_of_a_group(name):
    form = CaseForm({"title": "x", "answer": "?", "topics": "?"})
    html = render("{% form_errors form %}{% field form." + name + " %}", form=form)
    assert f'href="#id_{name}_0"' in html
    assert f'id="id_{name}_0"' in html


def test_form_errors_are_silent_while_all_is_well():
    assert render("{% form_errors form %}", form=CaseForm()).strip() == ""


# Ways


def test_breadcrumb_marks_the_page_itself():
    assert '<a href="/leerkringen/">' in render('{% breadcrumb "Leerkringen" "/leerkringen/" %}')
    assert 'aria-current="page">Kampen' in render('{% breadcrumb "Kampen" %}')


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/leerkringen/", ' aria-current="page"'),
        ("/leerkringen/slim/", ' aria-current="true"'),
        ("/kennis/", ""),
    ],
)
def test_current_marks_the_part_of_the_site_we_are_in(rf, path, expected):
    assert render('{% current "/leerkringen/" %}', request=rf.get(path)) == expected


def test_empty_state_offers_at_most_one_action():
    html = render('{% empty_state "No meetings" "Yet." "/x/" "See the leerkring" %}')
    assert html.count("<a ") == 1
    assert "<a " not in render('{% empty_state "No meetings" %}')


@pytest.mark.parametrize("level", constants.DEFAULT_TAGS)
def test_message_of_every_level_becomes_a_notice_with_an_icon(level):
    html = render("{% message_notice message %}", message=Message(level, "Saved & sent"))
    assert "Saved &amp; sent" in html
    assert "<use " in html


def test_message_with_extra_tags_is_a_notice_too():
    assert "notice--danger" in render(
        "{% message_notice m %}", m=Message(constants.ERROR, "No", extra_tags="lock")
    )


def test_sprite_is_sorted_and_without_doubles():
    sprite = (ui.STATIC / ui.SPRITE).read_text()
    names = re.findall(r'<symbol id="([^"]+)"', sprite)
    assert names == sorted(set(names))


def test_address_breaks_at_its_signs_and_nowhere_else():
    template = Template("{% load ui %}{{ email|address }}")
    written = template.render(Context({"email": "<b>.collega@kampen.nl"}))
    assert written == "&lt;b&gt;<wbr>.collega<wbr>@kampen<wbr>.nl"


@pytest.mark.parametrize(
    ("field", "said"), [("CharField", "Vul dit in."), ("ModelChoiceField", "Kies er een.")]
)
def test_an_empty_field_says_what_to_do(field, said):
    made = getattr(forms, field)(**({"queryset": Page.objects.none()} if "Model" in field else {}))
    with pytest.raises(ValidationError, match=said):
        made.clean("")
