"""Choosing one of the methods, and fitting it to the people and the time there are."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from intervisie import actions, engine, queries
from intervisie.engine import load_shipped, parse, total_minutes
from intervisie.engine.plan import fit, fitted_json, shortest
from intervisie.models import Session
from intervisie.queries import Wanted
from tests.intervisie.factories import make_case, make_circle, make_session
from tests.tafelronde.factories import make_user

METHODS = load_shipped()


# Fitting


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("minutes", [30, 50, 75, 120])
def test_a_fitted_method_is_sound_and_takes_the_time_as_near_as_it_can(name, minutes):
    method = METHODS[name]
    people = method.group.ideal
    found = fit(method, people, minutes)
    copy = parse(fitted_json(engine.shipped_json(name), found))
    assert engine.lint(copy) == []
    assert total_minutes(copy, people) == found.total
    rounding = len(method.steps) * people / 8
    assert found.total >= found.shortest - rounding
    if found.is_possible:
        assert found.total <= max(minutes, found.shortest) + rounding
    else:
        assert abs(found.total - found.shortest) <= rounding
    for step, _, after in found.steps:
        low, high = step.minutes.min or step.minutes.default, step.minutes.max or step.minutes.default
        assert after is None or low <= after <= high
    assert all(step.optional for step in found.left_out)


def test_what_may_be_skipped_goes_first_and_only_where_it_must():
    method = METHODS["REF"]
    assert [step.id for step in fit(method, 7, 30).left_out] == ["second"]
    assert fit(method, 7, 50).left_out == ()


def test_a_module_takes_as_long_as_the_step_in_whose_place_it_is_played():
    copy = fitted_json(engine.shipped_json("TIE"), fit(METHODS["TIE"], 7, 30))
    minutes = next(step["minutes"]["default"] for step in copy["steps"] if step.get("include"))
    usual = next(step.minutes.default for step in METHODS["TIE"].steps if step.include)
    assert minutes < usual
    for module in copy["modules"]:
        known = next(one.minutes for one in METHODS["TIE"].modules if one.id == module["id"])
        low, high = known.min or known.default, known.max or known.default
        assert module["minutes"]["default"] == max(low, min(minutes, high))


def test_a_case_that_was_chosen_beforehand_leaves_its_time_to_the_other_steps():
    method = METHODS["INC6"]
    found = queries.fit_of(method, 6, 50, chosen=True)
    assert next(step.id for step, _, _ in found.steps) == "explain"
    assert found.total == pytest.approx(50, abs=1)


# Looking for one


@pytest.mark.parametrize(
    ("wanted", "there", "gone"),
    [
        (Wanted(), set(METHODS), set()),
        (Wanted(purpose="practise"), {"CLI", "KOR", "TIE"}, {"INC6"}),
        (Wanted(people=14), {"TRO", "IMI"}, {"INC6", "CCL"}),
        (Wanted(minutes=30), {"TRO", "TIE", "DEE"}, {"SOC", "ALS"}),
        (Wanted(experience="none"), {"INC6", "SOC7"}, {"CLR", "ROD"}),
        (Wanted(experience="some"), {"INC6", "ROD"}, {"CLR", "SOC"}),
        (Wanted(experience="much"), set(METHODS), set()),
        (Wanted(purpose="advise", people=6, minutes=50, experience="none"), {"VIJF", "CON"}, {"COD", "WIS"}),
    ],
)
def test_methods_are_found_by_what_a_group_looks_for(wanted, there, gone):
    found = {method.id for method in queries.methods_for(wanted)}
    assert there <= found
    assert gone & found == set()


def test_with_more_people_a_method_may_need_more_time():
    assert shortest(METHODS["WIS"], 7) > 60 >= shortest(METHODS["WIS"], 4)
    assert "WIS" not in {method.id for method in queries.methods_for(Wanted(people=7, minutes=60))}
    assert "WIS" in {method.id for method in queries.methods_for(Wanted(people=4, minutes=60))}


@pytest.mark.django_db
def test_the_list_shows_what_suits_with_steps_minutes_and_group(client):
    url = reverse("intervisie:method_list")
    everything = client.get(url)
    assertContains(everything, "method-card", count=len(METHODS))
    assertContains(everything, "50 minuten, minstens 33")
    assertContains(everything, "5 tot 8 deelnemers")
    found = client.get(url, {"doel": "practise", "mensen": "6", "minuten": "45", "ervaring": "some"})
    assertContains(found, "3 methoden passen")
    assertContains(found, '<option value="practise" selected>')
    assertNotContains(found, "Incidentmethode")
    nothing = client.get(url, {"mensen": "30"})
    assertContains(nothing, "Geen methode past bij dit alles")


@pytest.mark.django_db
def test_the_list_takes_nonsense_for_nothing(client):
    found = client.get(reverse("intervisie:method_list"), {"doel": "vliegen", "mensen": "-1", "minuten": "x"})
    assertContains(found, "method-card", count=len(METHODS))


@pytest.mark.django_db
def test_what_was_said_goes_along_to_the_plan(client):
    client.force_login(make_user())
    said = {"minuten": "50", "leerkring": "onze-kring", "doel": "advise"}
    listed = client.get(reverse("intervisie:method_list"), said)
    page = reverse("intervisie:method_detail", args=["TIEN"])
    assertContains(listed, f'href="{page}?minuten=50&amp;leerkring=onze-kring"')
    shown = client.get(page, said)
    assertContains(shown, "methode=TIEN&amp;minuten=50&amp;leerkring=onze-kring")


@pytest.mark.django_db
def test_the_page_of_a_method_says_what_is_estimated_who_leads_and_how_it_fits(client):
    page = reverse("intervisie:method_detail", args=["WIA"])
    shown = client.get(page)
    assertContains(shown, "(geschat)")
    assertContains(shown, "<dt>Coach</dt>")
    assertNotContains(shown, 'id="fit"')
    fits = client.get(page, {"mensen": "6", "minuten": "70"})
    assertContains(fits, "In 70 minuten met 6 deelnemers")
    assertContains(fits, "Korter dan 58 minuten kan niet.")
    short = client.get(page, {"mensen": "6", "minuten": "40"})
    assertContains(short, "Deze methode duurt op z’n kortst 58 minuten.")
    assertContains(
        client.get(reverse("intervisie:method_detail", args=["TRO"])), "Vanaf hier in kleine groepjes"
    )
    assertContains(client.get(reverse("intervisie:method_detail", args=["INCX"])), "in kleine groepjes")


# Planning with it


def sent(organiser, members):
    day = timezone.localtime() + timedelta(days=5)
    return {
        "method": "DIL",
        "minutes": "75",
        "day": day.date().isoformat(),
        "time": "14:00",
        "title": "Rond het besluit",
        "video_url": "",
        "facilitator": organiser.pk,
        "members": [member.pk for member in members],
        "emails": "",
    }


@pytest.fixture
def plan(client):
    """Posts the form of a new session: organiser, six members, and what else is said."""
    organiser, members = make_user(), [make_user() for _ in range(6)]
    circle = make_circle(organiser, *members)
    client.force_login(organiser)

    def post(**fields):
        fields = sent(organiser, [organiser, *members]) | fields
        return client.post(f"{reverse('intervisie:session_new')}?leerkring={circle.slug}", fields)

    return post


@pytest.mark.django_db
def test_a_session_gets_a_copy_that_fits_its_people_and_its_time(plan):
    assertRedirects(plan(), reverse("intervisie:session", args=[(session := Session.objects.get()).pk]))
    assert total_minutes(session.parsed_method, 6) == pytest.approx(75, abs=1)
    assert session.parsed_method.group.ideal == 6
    assert session.minutes == pytest.approx(75, abs=1)
    assert session.ends_at - session.starts_at == timedelta(minutes=session.minutes)
    canvases = [step["canvas"] for step in session.method["steps"] if "canvas" in step]
    assert len(canvases) == 3 and all(one["fields"] for one in canvases)


@pytest.mark.django_db
def test_without_a_time_the_method_stays_as_it_is(plan):
    plan(minutes="")
    assert Session.objects.get().method == queries.shipped_json("DIL")


@pytest.mark.django_db
def test_too_little_time_is_told_with_the_shortest_there_is(plan):
    response = plan(minutes="40", title="Blijft staan")
    assert response.status_code == 422
    assertContains(response, "Met 6 deelnemers duurt deze methode minstens 58 minuten.", status_code=422)
    assertContains(response, 'id="id_minutes_error"', status_code=422)
    assertContains(response, "Blijft staan", status_code=422)
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_looking_how_it_fits_plans_nothing_and_keeps_what_was_typed(plan):
    response = plan(look="fit", minutes="75", title="Nog niet af", day="", emails="een@voorbeeld.test")
    assert response.status_code == 200
    assertContains(response, "In 75 minuten met 7 deelnemers")
    assertContains(response, "Meestal duurt deze methode 92 minuten; zo duurt ze er 75.")
    assertContains(response, "Nog niet af")
    assertContains(response, "een@voorbeeld.test")
    assertContains(response, "checked", count=8)  # the method, and all seven people
    assertNotContains(response, "field--error")
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_looking_before_anybody_is_chosen_counts_with_the_number_the_method_likes(plan):
    response = plan(look="fit", members=[])
    assertContains(response, "In 75 minuten met 7 deelnemers")
    assertContains(response, "Je koos nog niemand")


@pytest.mark.django_db
def test_a_case_of_ones_own_takes_the_steps_that_find_one_out_of_the_sum(client):
    organiser, leader, other = make_user(), make_user(), make_user()
    circle = make_circle(organiser, leader, other)
    client.force_login(organiser)
    fields = sent(leader, [organiser, other])
    fields |= {"method": "INC6", "minutes": "50", "case": make_case(organiser).pk}
    client.post(f"{reverse('intervisie:session_new')}?leerkring={circle.slug}", fields)
    session = Session.objects.get()
    assert session.minutes == pytest.approx(50, abs=1)
    assert session.parsed_method.steps[0].minutes.default == 7, "what is not played stays as it was"


@pytest.mark.django_db
def test_the_method_that_comes_along_is_chosen_and_the_others_fold_away(client):
    organiser = make_user()
    circle = make_circle(organiser)
    client.force_login(organiser)
    url = f"{reverse('intervisie:session_new')}?leerkring={circle.slug}"
    assertContains(client.get(url), '<details class="form__choice" open>')
    page = client.get(f"{url}&methode=TIEN&minuten=50")
    assertContains(page, '<details class="form__choice">')
    assertContains(page, "Tienstappenmethode</strong></p>")
    assertContains(page, 'value="50"')


# Changing it


def edit(client, session, **fields):
    start = timezone.localtime(session.starts_at)
    client.force_login(session.organiser)
    kept = {
        "method": session.method_id,
        "minutes": session.minutes,
        "title": session.title,
        "day": start.date().isoformat(),
        "time": start.strftime("%H:%M"),
    }
    response = client.post(reverse("intervisie:session_edit", args=[session.pk]), kept | fields)
    session = Session.objects.get(pk=session.pk)
    return response, session


@pytest.mark.django_db
def test_another_time_fits_the_copy_anew_for_who_takes_part(client):
    session = make_session(members=6)
    response, session = edit(client, session, minutes="40")
    assert response.status_code == 302
    assert session.minutes == pytest.approx(40, abs=1)
    assert session.parsed_method.group.ideal == 6


@pytest.mark.django_db
def test_the_same_time_leaves_the_copy_alone(client):
    session = make_session(members=6)
    Session.objects.update(method={**session.method, "version": 0})
    _, session = edit(client, Session.objects.get(), title="Anders")
    assert (session.title, session.method["version"]) == ("Anders", 0)


@pytest.mark.django_db
def test_the_time_stays_once_the_room_is_open(client):
    session = make_session(members=6)
    actions.load_room(session.pk)
    _, session = edit(client, Session.objects.get(), minutes="40")
    assert session.minutes == 50


@pytest.mark.django_db
def test_looking_while_changing_changes_nothing(client):
    session = make_session(members=6)
    response, session = edit(client, session, minutes="40", look="fit", title="Nog niet")
    assertContains(response, "In 40 minuten met 6 deelnemers")
    assertContains(response, "Nog niet")
    assert (session.minutes, session.title) == (50, "Rond het besluit")
