"""Codes of the engine ↔ sentences for people: all that the room says of its own, for the page and its script alike.

What a method says comes from the method. `{name}` is the first name of who brings the case.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentences = Mapping[str, str | Promise]

REFUSALS: Sentences = {
    "already_done": _("Somebody else did this a moment before you. The table is already at the next step."),
    "already_leads": _("This person already facilitates."),
    "already_started": _("The session has already begun."),
    "away": _("You are outside for a moment. At the next step you are back at the table."),
    "bad_value": _("This is none of the choices. Choose one of those that are offered."),
    "bringer_absent": _("Whoever brings the case is not here yet. Wait a moment, or choose another case."),
    "bringer_cannot_lead": _(
        "Whoever brings the case cannot have another role beside it. Choose somebody else."
    ),
    "bringer_only": _("Only whoever brings the case can do this."),
    "broken": _("Something went wrong at our side. Your text is still here: try again."),
    "busy": _("It is very busy. Your text is still here: try again in a moment."),
    "choose_first": _("Nobody has chosen yet. Give the group some more time, or decide together."),
    "empty": _("There is nothing in the field yet. Write something first."),
    "ended": _("This session is over. Nothing can be added any more."),
    "enough": _("You have said all that you can in this step (at most {max})."),
    "facilitator_only": _("Only the facilitator can do this."),
    "finished": _("Your group is done. Wait until the other groups are done too."),
    "in_closing": _("The last step is over. What is left is what you take away."),
    "last_lead": _("This person is the only one who facilitates. Hand over the lead first."),
    "listening": _("You listen now, so this cannot be sent. Soon it is your turn again."),
    "logged_out": _("You are logged out. Log in again and come back to the table."),
    "malformed": _("This could not be read. Reload the page and try again."),
    "no_access": _("You no longer have a seat at this table."),
    "no_case": _("Nobody brings a case yet. Agree on who does and name that person, or draw lots."),
    "no_chat": _("In this step there is no side chat for you."),
    "no_loop": _("There is no row of turns to close here. Go on to the next step instead."),
    "no_prepared_case": _("You have no prepared case for this session. Write your case here instead."),
    "no_reply": _(
        "In this step you do not react to each other. Say what you have to say as a contribution of your own."
    ),
    "no_session": _("This session does not exist any more."),
    "no_side": _("In this step you cannot write beside what is said. Keep it for a later step."),
    "no_such_item": _("This is not there any more. Look again at what is on the table."),
    "no_such_seat": _("This person is not at the table."),
    "no_turns": _("There are no turns in this step: everybody can speak."),
    "nobody_here": _("Nobody is at the table yet. Wait until somebody has accepted the agreement."),
    "not_agreed": _("Accept the agreement on confidentiality first."),
    "not_in_session": _("You have no seat in this session (any more)."),
    "not_in_this_step": _("This does not belong to the step in which the table is now."),
    "not_in_turn": _("This person has no turn in this step."),
    "not_optional": _("The next step cannot be skipped. Go on to it as usual."),
    "not_started": _("The session has not begun yet."),
    "not_tied": _("The group has already chosen: something else has more votes."),
    "not_turned": _("This can only be done with your back to the group."),
    "not_your_role": _("In this step this is not for your role."),
    "not_your_turn": _("It is not your turn yet. Your text is still here."),
    "not_yours": _("This contribution is somebody else's."),
    "nothing_before": _("This is the first step: you cannot go back any further."),
    "nothing_sealed": _("This case has no sealed outcome."),
    "nothing_to_gain": _("This changes nothing about the time. Choose another way, or go on as planned."),
    "persona_needed": _("Say first as whom you speak."),
    "question_needed": _(
        "Only questions are asked here. Make it a question, with a question mark at the end."
    ),
    "reply_needed": _("Choose which question you answer."),
    "sealed_here": _("In this step the outcome stays sealed. You can open it later."),
    "stale": _("The table is at another step by now, so this was not sent. Your text is still here."),
    "tie": _("It is a draw: several have equally many votes. Choose one of them, together with the group."),
    "time_is_up": _("The time for this step is over. The facilitator can give more."),
    "too_late": _("Others have read this by now, so it can no longer be changed."),
    "too_many_dots": _("You have {max} dots in all. Take some back first."),
    "too_many_words": _("That is too long: at most {max} words."),
    "turned": _("You sit with your back to the group, so this cannot be sent. Soon it is your turn again."),
}

AUDIENCES: Sentences = {
    # At once
    "all_named": _("Everybody at the table sees this at once, with your name."),
    "all_anon": _("Everybody at the table sees this at once, without your name."),
    "all_alias": _("Everybody at the table sees this at once, under a made-up name."),
    "all_named_bringer_listens": _(
        "Everybody at the table sees this at once, with your name. {name} listens and reacts later."
    ),
    "all_anon_bringer_listens": _(
        "Everybody at the table sees this at once, without your name. {name} listens and reacts later."
    ),
    "all_alias_bringer_listens": _(
        "Everybody at the table sees this at once, under a made-up name. {name} listens and reacts later."
    ),
    "group_named_bringer_no_name": _(
        "The group sees this with your name. {name} reads along, without names."
    ),
    "group_named_some_no_name": _(
        "The group sees this with your name. Who is turned away reads along, without names."
    ),
    "group_named_bringer_away": _(
        "The group sees this with your name. {name} is outside and does not see it."
    ),
    "group_named_some_away": _("The group sees this with your name. Who is outside does not see it."),
    "group_anon_bringer_away": _(
        "The group sees this without your name. {name} is outside and does not see it."
    ),
    "group_anon_some_away": _("The group sees this without your name. Who is outside does not see it."),
    # Later
    "turn_named": _("Only you, until it is your turn. Then everybody at the table sees it, with your name."),
    "end_named": _("Only you, until this step is over. Then everybody at the table sees it, with your name."),
    "end_anon": _(
        "Only you, until this step is over. Then everybody at the table sees it, without your name."
    ),
    "end_alias": _(
        "Only you, until this step is over. Then everybody at the table sees it, under a made-up name."
    ),
    "end_anon_then_named": _(
        "Only you, until this step is over. Then everybody sees it without your name. In a later step your name comes with it."
    ),
    "end_alias_then_named": _(
        "Only you, until this step is over. Then everybody sees it under a made-up name. In a later step your own name comes with it."
    ),
    "later_named": _("Only you for now. In a later step everybody at the table sees it, with your name."),
    "later_anon": _("Only you for now. In a later step everybody at the table sees it, without your name."),
    # At the table of a sub-group
    "table_named": _("Only your own small table sees this, at once, with your name."),
    "table_anon": _("Only your own small table sees this, at once, without your name."),
    "table_alias": _("Only your own small table sees this, at once, under a made-up name."),
    "table_named_bringer_no_name": _(
        "Only your own small table sees this, with your name. {name} reads along, without names."
    ),
    "table_named_bringer_away": _(
        "Only your own small table sees this, with your name. {name} is outside and does not see it."
    ),
    "table_anon_bringer_away": _(
        "Only your own small table sees this, without your name. {name} is outside and does not see it."
    ),
    "table_turn_named": _(
        "Only you, until it is your turn. Then your own small table sees it, with your name."
    ),
    "table_end_named": _(
        "Only you, until this step is over. Then your own small table sees it, with your name."
    ),
    "table_end_anon": _(
        "Only you, until this step is over. Then your own small table sees it, without your name."
    ),
    "table_end_alias": _(
        "Only you, until this step is over. Then your own small table sees it, under a made-up name."
    ),
    "table_end_anon_then_named": _(
        "Only you, until this step is over. Then your own small table sees it without your name. In a later step your name comes with it."
    ),
    "table_end_alias_then_named": _(
        "Only you, until this step is over. Then your own small table sees it under a made-up name. In a later step your own name comes with it."
    ),
    "table_later_named": _("Only you for now. In a later step your own small table sees it, with your name."),
    "table_later_anon": _(
        "Only you for now. In a later step your own small table sees it, without your name."
    ),
    # To one, or to some
    "to_bringer": _("Only {name} sees this, with your name."),
    "to_bringer_anon": _("Only {name} sees this, without your name."),
    "to_asker": _("Only who asked the question sees this."),
    "nobody_ever": _("Only you see this, also later."),
    "only_me": _("Only you see your notes and what touches you."),
    "chat_roles": _(
        "Everybody who has this side chat sees it at once, with your name. It stands apart from the step."
    ),
    "stop_named": _(
        "Everybody at the table sees this at once, with your name, unless you leave your name out."
    ),
    # Votes
    "votes_end": _("Nobody sees what you choose. When this step is over, the table sees only the outcome."),
    "votes_own": _("When this step is over, the table sees what you chose, with your name."),
}

STATES: Sentences = {
    "absent": _("not here yet"),
    "away": _("outside for a moment"),
    "turned": _("back to the group"),
    "listens": _("listens"),
    "floor": _("has the floor"),
    "said": _("has spoken"),
    "passed": _("passed"),
    "writes": _("writes"),
    "voted": _("has chosen"),
    "ready": _("ready"),
    "leads": _("facilitates"),
    "observes": _("observes"),
    "notes": _("takes notes"),
    "waits": "",
}

KINDS: Sentences = {
    "tell": _("telling"),
    "ask": _("asking"),
    "write": _("writing"),
    "round": _("round"),
    "talk": _("open talk"),
    "judge": _("choosing"),
    "commit": _("intention"),
    "pause": _("silence"),
}

NUDGES: Sentences = {
    "clarify_only": _("Ask what you need to know, no more."),
    "open_q": _("Ask open questions."),
    "q_only": _("Only questions."),
    "no_advice": _("No advice yet."),
    "no_reply": _("Do not react to each other."),
    "no_discussion": _("No discussion."),
    "third_person": _("Speak about the bringer, not to them."),
    "hold_outcome": _("Do not tell yet how it turned out."),
    "statements_only_in_reply": _("Only say something in answer to a question."),
    "yes_and": _("Build on each other: yes, and …"),
    "may_pass": _("You may pass."),
    "max_words": _("Keep it short."),
}

# Made-up names, by their numbers: birds that are nobody's first name.
BIRDS: Sequence[str | Promise] = (
    _("Kingfisher"),
    _("Lapwing"),
    _("Godwit"),
    _("Oystercatcher"),
    _("Swallow"),
    _("Goldfinch"),
    _("Chaffinch"),
    _("Nuthatch"),
    _("Woodpecker"),
    _("Stork"),
    _("Heron"),
    _("Spoonbill"),
    _("Avocet"),
    _("Plover"),
    _("Skylark"),
    _("Starling"),
    _("Wagtail"),
    _("Siskin"),
    _("Curlew"),
    _("Nightingale"),
    _("Barn owl"),
    _("Wren"),
    _("Bullfinch"),
    _("Thrush"),
)

WORDS: Sentences = {
    # The rail and the head of the stage
    "minutes": _("{n} min"),
    "spoken_minutes": _("{n} minutes"),
    "step_done": _("done"),
    "step_of": _("Step {n} of {of} · {kind}"),
    "method_takes": _("{method} · {n} minutes"),
    "lobby": _("We start in a moment"),
    "lobby_text": _(
        "Here you see who is there and what will happen. The {lead} starts when everybody is ready."
    ),
    "lobby_lead": _("Here you see who is there. Start when everybody has accepted the agreement."),
    "closing": _("What do you take away?"),
    "closing_kicker": _("Closing"),
    "closing_text": _("The last step is over. Write down in a sentence what you take away yourself."),
    "ended": _("The session is over"),
    "ended_kicker": _("Thank you"),
    "ended_text": _(
        "What was said here stays here. The intention and everybody's harvest are kept for the participants alone."
    ),
    "turned_title": _("You sit with your back to the group"),
    "you_have_floor": _("You have the floor."),
    "other_has_floor": _("{who} has the floor now."),
    "you_listen": _("You listen now. Soon it is your turn again."),
    "you_are_turned": _(
        "The group talks about your case. You read along, without names. Soon you have the floor again."
    ),
    "you_are_away": _(
        "The group goes on without you for a moment. At the next step you are back at the table."
    ),
    "say_aloud": _("Say this aloud"),
    "to_harvest": _("Look at the harvest"),
    # The table
    "table": _("The table: {n} people"),
    "question_table": _("The question on the table"),
    "question_comes": _("The question will come soon"),
    "brings": _("Brings the case"),
    "brings_note": _("brings the case"),
    "turn_of": _("{n} of {of}"),
    "turn_yours": _("your turn"),
    "turn_over": _("time to round off"),
    "duty_deputy": _("deputy"),
    "duty_timekeeper": _("timekeeper"),
    "question_of": _("The question of {name}"),
    "no_case": _("Whose case will it be?"),
    "all_bring": _("Everybody brings in turn"),
    "small_tables": _("The small tables are at work"),
    "you": _("you"),
    "offline": _("no connection"),
    "clock_until": _("when this step ends"),
    "clock_left": _("minutes left"),
    "clock_over": _("time to round off"),
    "clock_paused": _("paused"),
    "warn_minute": _("One more minute for this step."),
    "warn_end": _("The time of this step is over. Round off calmly."),
    # Contributions
    "nothing_yet": _("Nothing has been said yet."),
    "earlier_visit": _("from before"),
    "edited": _("changed"),
    "sealed": _("only you see this"),
    "before": _("Earlier in this session"),
    "case_of": _("The case of {name}"),
    "situation": _("Situation"),
    "own_role": _("Own part in it"),
    "parties": _("Parties"),
    "question": _("Question"),
    "outcome": _("How it turned out"),
    "outcome_sealed": _("Only you see this now, until you open it."),
    "unseal": _("Open to the group"),
    "touched": _("What touched you"),
    "touches_me": _("Touches me"),
    "mine_sees": _("Only you see this."),
    "my_notes": _("My notes"),
    "by_date": _("before {date}"),
    "dots_one": _("1 dot"),
    "dots_many": _("{n} dots"),
    "chosen": _("chosen"),
    "as": _("as {who}"),
    "made_up": _("made-up name"),
    "on_table": _("This is on the table"),
    "focus": _("Now it is about this"),
    "one_by_one": _("One by one"),
    "not_placed": _("Without a place yet"),
    "for_me": _("Written down for you"),
    "my_side": _("What I wrote beside it"),
    "still": _("There is nothing to do now. Take your time."),
    # Judging, and what came of it
    "vote_dots": _("Dots for this"),
    "vote_pick": _("Your choice"),
    "vote_label": _("How is this for you?"),
    "vote_score": _("Your score, from {low} to {high}"),
    "vote_consent": _("Can you go along with this?"),
    "pick": _("Choose this"),
    "picked": _("My choice"),
    "consent_1": _("I can go along with it"),
    "consent_2": _("I have an objection"),
    "take_back": _("Press your choice once more to take it back."),
    "cast_B": _("Who brings a case?"),
    "cast_F": _("Who facilitates?"),
    "cast_N": _("Who takes notes?"),
    "cast_T": _("Who keeps the time?"),
    "came_out": _("What came out: {step}"),
    "came_out_few": _("Too few people answered to show what they chose."),
    "picks_one": _("chosen once"),
    "picks_many": _("chosen {n} times"),
    "no_answers": _("Nobody answered"),
    "mean": _("Average {n}"),
    "given": _("given: {values}"),
    "difference": _("difference {n}"),
    "group": _("The group"),
    # Tools
    "label_pitch": _("Your case in a few sentences"),
    "label_text": _("Your contribution"),
    "label_question": _("Your question"),
    "label_answer": _("Your answer"),
    "label_intention": _("My intention"),
    "label_takeaway": _("What I take away"),
    "label_note": _("My notes"),
    "label_side": _("What strikes me"),
    "label_chat": _("Side chat"),
    "label_date": _("By when?"),
    "label_case": _("Bring in my prepared case: {title}"),
    "do_pitch": _("Bring in"),
    "do_text": _("Share"),
    "do_turn": _("Share and pass on"),
    "do_question": _("Ask"),
    "do_answer": _("Answer"),
    "do_intention": _("Save my intention"),
    "do_takeaway": _("Share"),
    "do_note": _("Save"),
    "do_chat": _("Send"),
    "do_side": _("Save"),
    "aside": _("Write something beside it"),
    "speak_as": _("I speak as …"),
    "speaks_as": _("You speak as {who}."),
    "few": _("You are so few that it is easily guessed who wrote this."),
    "cell": _("Where does it belong?"),
    "choose_one": _("Choose …"),
    "good_question": _("What is a good question?"),
    "good_question_1": _("Ask about what you do not know, not about what you think."),
    "good_question_2": _("Ask one short question at a time: one that begins with what, how, who or when."),
    "good_question_3": _("Leave out advice: “Have you ever tried …?” is advice too."),
    "pass": _("Skip me"),
    "reply": _("React"),
    "add_answer": _("Add to your answer"),
    "edit": _("Change"),
    "save": _("Save"),
    "withdraw": _("Take back"),
    "ready": _("I am ready"),
    "is_ready": _("Ready"),
    "max_words": _("at most {n} words"),
    "dots_left_none": _("You have given all your dots."),
    "dots_left_one": _("You still have 1 dot."),
    "dots_left_many": _("You still have {n} dots."),
    "agree_title": _("What we agree"),
    "agree_1": _("What is said at this table stays at this table."),
    "agree_2": _("We leave out the names of people who are not here."),
    "agree_3": _("I make no recordings, and nobody reads or listens along with me."),
    "agree_4": _("I do not come back to somebody’s case outside this group, unless they do so themselves."),
    "agree_check": _("I agree to this"),
    "agree": _("Take a seat at the table"),
    "agree_5": _(
        "Afterwards nobody comes back to this case, not even with whoever brought it, unless they begin about it."
    ),
    "plan": _("This is what we do"),
    "plan_estimated": _("estimated"),
    "plan_optional": _("may be skipped"),
    "plan_loop": _("From ‘{step}’ on everybody brings in turn."),
    "plan_all_estimated": _(
        "All minutes are estimated: no source names them, so we thought of them ourselves."
    ),
    "plan_estimates": _("‘Estimated’: no source names the minutes, so we thought of them ourselves."),
    "origin": _("Where this method comes from"),
    "credit": _("Credit"),
    "sources": _("Sources"),
    "licence": _("Licence"),
    "draft_title": _("You were still typing"),
    "draft_take": _("Put it in the field"),
    "draft_drop": _("Throw away"),
    # What people are at the table, in the middle of a sentence
    "role_B": _("case bringer"),
    "role_F": _("facilitator"),
    "role_N": _("note-taker"),
    "role_T": _("timekeeper"),
    # The bar of who leads, at a small table of everybody
    "lead": _("For the {lead}"),
    "lead_table": _("For your table"),
    "lead_time": _("For the timekeeper"),
    "start": _("Start the session"),
    "start_anyway": _("Not everybody is here yet: {names}. Start all the same?"),
    "next": _("Next: {step}"),
    "next_turn": _("Next: the question of {name}"),
    "next_item": _("Next: {n} of {of}"),
    "call_back": _("Call everybody back"),
    "call_back_anyway": _("Not through yet: {names}. Call everybody back all the same?"),
    "table_done": _("We are through"),
    "round_off": _("Close the last step"),
    "next_anyway": _("Not everybody has had their turn: {names}. Go on all the same?"),
    "gate": _("If somebody objects, you go back to ‘{step}’. If everybody goes along, you go on."),
    "go_on": _("Go on"),
    "stay": _("Stay here"),
    "back": _("Step back"),
    "skip": _("Skip ‘{step}’"),
    "anyway": _("Go on anyway, whatever the vote says"),
    "close_loop": _("Stop taking turns here"),
    "close_loop_left": _("{n} still to go"),
    "extend_group": _("More time"),
    "extend": _("{n} more minutes"),
    "pause": _("Pause"),
    "resume": _("Resume"),
    "give_floor": _("Give the floor"),
    "next_in_turn": _("The next in turn"),
    "choose": _("Choose"),
    "by_lot": _("Let the lot decide"),
    "by_turn": _("Whose turn it is: who brought least"),
    "who_brings": _("Who brings the case?"),
    "nobody_brings": _("Choose first who brings the case."),
    "somebody_brings": _("{name} brings the case."),
    "people": _("People"),
    "people_who": _("Who?"),
    "people_pick": _("Choose somebody"),
    "hand_over": _("Hand over the lead"),
    "appoint_facilitator": _("Leads along with you"),
    "appoint_deputy": _("Stands in if you drop out"),
    "appoint_timekeeper": _("Keeps the time"),
    "appoint_notetaker": _("Takes notes"),
    "appoint_observer": _("Only observes"),
    "appoint_member": _("Simply takes part"),
    "more": _("More"),
    "end": _("End the session"),
    "end_sure": _("Nobody can add anything after this. End the session?"),
    # What who leads may want to know
    "ready_count": _("{n} of {of} ready"),
    "ready_all": _("Everybody is ready to go on"),
    "quiet": _("Not heard yet: {names}"),
    "and_more": _("{names} and {n} more"),
    "ends_at": _("planned until {time}"),
    "late": _("You run {n} minutes late"),
    "late_shorten": _("Shorten what is to come"),
    "late_shorten_to": _("from {of} to {n} min"),
    "late_still": _("then still {n} min late"),
    "late_skip": _("Skip what may be skipped"),
    "late_skip_wins": _("wins {n} min"),
    "late_overrun": _("Run over"),
    "late_overrun_to": _("until {time}"),
    # Small tables
    "tables": _("The small tables"),
    "table_n": _("Table {n}"),
    "table_through": _("through"),
    "table_stays": _("What you say here stays at this table."),
    "table_waits": _("You are through. As soon as the other tables are too, everybody comes back together."),
    # Always there
    "stop": _("Stop signal"),
    "stop_title": _("Give a stop signal"),
    "stop_text": _(
        "Something is not right? Say it. A stop signal goes before everything else, and everybody may give one."
    ),
    "stop_label": _("What is going on? (not required)"),
    "stop_anonymous": _("Without my name"),
    "stop_do": _("Give the signal"),
    "stop_by": _("{who} gives a stop signal."),
    "stop_by_nobody": _("Somebody gives a stop signal."),
    "meta": _("How it goes"),
    "meta_title": _("Talk about how it goes"),
    "meta_text": _(
        "Does the conversation not run well? Ask the group to stand still for a moment, and to look at how you talk with each other."
    ),
    "meta_do": _("Ask for it"),
    "meta_by": _("{who} wants to talk about how it goes."),
    "meta_by_nobody": _("Somebody wants to talk about how it goes."),
    "stop_clear": _("Discussed"),
    "video": _("Open the video meeting"),
    "refresh": _("Refresh"),
    "refresh_text": _("This page does not renew itself. Refresh it now and then."),
    "close": _("Close"),
    # The line
    "line_away": _("The connection is gone. We keep trying; what you type is kept."),
    "line_never": _("There is no live connection here. You can go on: refresh the page to see what is new."),
    "line_4401": _("You are logged out. Log in again to come back to the table."),
    "line_4403": _("You no longer have a seat at this table."),
    "line_4404": _("This session does not exist any more."),
    "line_4409": _("You have this table open in too many windows. Close some and reload this one."),
    "line_4410": _("The content of this session has been deleted."),
    # Said to screen readers
    "arrived_one": _("New from {who}."),
    "arrived_nobody": _("A new contribution."),
    "arrived_many": _("{n} new contributions."),
    # Said to everybody when it happens
    "news_parted": _("You now sit at a small table, with {names}."),
    "news_gathered": _("Everybody is back at the big table."),
    "news_turn": _("Now the question of {name} ({n} of {of})."),
    "news_lead": _("{name} leads now."),
    "news_lent": _("{name} takes over the lead for a moment."),
    "revealed": _("What was written now lies on the table: {n} contributions."),
    "line_back": _("The connection is back."),
}


# Minutes as people say them; of others "{n} minutes".
SPOKEN: Sentences = {
    "1": _("a minute"),
    "2": _("two minutes"),
    "3": _("three minutes"),
    "4": _("four minutes"),
    "5": _("five minutes"),
    "6": _("six minutes"),
    "7": _("seven minutes"),
    "8": _("eight minutes"),
    "9": _("nine minutes"),
    "10": _("ten minutes"),
    "12": _("twelve minutes"),
    "15": _("a quarter of an hour"),
    "20": _("twenty minutes"),
    "25": _("twenty-five minutes"),
    "30": _("half an hour"),
    "40": _("forty minutes"),
    "45": _("three quarters of an hour"),
    "60": _("an hour"),
    "90": _("an hour and a half"),
}


def refusal_sentence(code: str, params: Mapping[str, Any], language: str) -> str:
    """Why the engine said no, in the reader's language. Raises KeyError on a code without a sentence."""
    with translation.override(language):
        return str(REFUSALS[code]).format_map(params)


def texts() -> dict[str, Any]:
    """All sentences of the room in the language of now, by group, and the time zone; plain texts, ready for JSON."""
    groups = {
        "audiences": AUDIENCES,
        "states": STATES,
        "kinds": KINDS,
        "nudges": NUDGES,
        "spoken": SPOKEN,
        "words": WORDS,
    }
    said = {name: {code: str(text) for code, text in group.items()} for name, group in groups.items()}
    return said | {"birds": [str(bird) for bird in BIRDS], "zone": timezone.get_current_timezone_name()}
