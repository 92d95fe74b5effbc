"""The frame of every page, its error pages and its headers."""

import logging
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from darbaza.kernel import errors
from darbaza.pages import context, grounds, logs, middleware, troubles, views


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def request_():
    request = RequestFactory().get("/somewhere?q=1")
    request.user = AnonymousUser()
    request.number = "AB12CD34"
    return request


def hand_over(request):
    """Mark a request as one that htmx sent."""
    request.META["HTTP_HX_REQUEST"] = "true"
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize("status", sorted(troubles.TROUBLES))
def test_an_error_page_says_what_happened_what_next_and_its_number(request_, status):
    answer = views.trouble(request_, status)
    html = answer.content.decode()

    assert answer.status_code == status
    assert str(troubles.TROUBLES[status].title) in html
    assert str(troubles.TROUBLES[status].next_step) in html
    assert "AB12CD34" in html
    assert '<main id="main"' in html


def test_an_error_page_for_htmx_is_a_note_with_its_place(request_):
    answer = views.trouble(hand_over(request_), 409)

    assert answer.headers["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()
    assert "AB12CD34" in answer.content.decode()


def test_the_error_page_stands_even_when_the_frame_falls(request_, monkeypatch, caplog):
    def fall(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(views, "render_to_string", fall)

    answer = views.server_error(request_)

    assert answer.status_code == 500
    assert "AB12CD34" in answer.content.decode()
    assert "AB12CD34" in caplog.text


def test_every_handler_of_django_answers_with_its_status(request_):
    answers = [
        views.bad_request(request_, ValueError()),
        views.forbidden(request_, PermissionDenied()),
        views.not_found(request_, ValueError()),
        views.csrf_failure(request_, "token missing"),
    ]
    assert [a.status_code for a in answers] == [400, 403, 404, 403]
    assert "This form is too old" in answers[-1].content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.Forbidden(), 403),
        (errors.NotFound(), 404),
        (errors.Conflict("seat_taken"), 409),
        (errors.Invalid("age"), 422),
    ],
)
def test_errors_of_the_kernel_become_their_pages(request_, error, status):
    answer = middleware.Errors(lambda _r: HttpResponse()).process_exception(
        request_, error
    )
    assert answer is not None
    assert answer.status_code == status


def test_an_error_with_registered_words_shows_them(request_, monkeypatch):
    monkeypatch.setattr(
        grounds, "_texts", {"seat_taken": grounds.Text("Seat %(seat)s is taken", "-")}
    )
    answer = views.trouble(request_, 409, errors.Conflict("seat_taken", seat=7))
    assert "Seat 7 is taken" in answer.content.decode()


def test_an_address_that_only_takes_forms_says_so(request_):
    refused = HttpResponseNotAllowed(["POST"])
    answer = middleware.Errors(lambda _r: refused)(request_)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "only takes what a form sends" in answer.content.decode()


def test_errors_of_others_are_left_to_django(request_):
    handler = middleware.Errors(lambda _r: HttpResponse())
    assert handler.process_exception(request_, KeyError("x")) is None


def test_a_page_carries_its_number_safe_headers_and_stays_out_of_caches(request_):
    seen = []

    def answer(request):
        seen.append((request.number, logs.current_number.get()))
        return HttpResponse()

    response = middleware.RequestNumber(answer)(request_)

    number = response.headers["X-Request-Number"]
    assert len(number) == 8
    assert seen == [(number, number)]
    assert logs.current_number.get() == "-"
    assert response.headers["Cache-Control"] == "no-store"
    assert "camera=(self)" in response.headers["Permissions-Policy"]


def test_the_address_of_a_form_is_no_place_to_come_back_to():
    middle = middleware.RequestNumber(lambda _r: HttpResponse())
    by_htmx = {"HX-Request": "true"}
    asked = middle(RequestFactory().post("/gate/desk/do/clear/", headers=by_htmx))
    shown = middle(RequestFactory().get("/gate/desk/"))
    assert asked.headers["HX-Push-Url"] == "false"
    assert "HX-Push-Url" not in shown.headers


def test_static_files_may_be_kept():
    request = RequestFactory().get("/static/build/darbaza.css")
    response = middleware.RequestNumber(lambda _r: HttpResponse())(request)
    assert "Cache-Control" not in response.headers


def test_a_broken_answer_leaves_its_number_in_the_log(request_, caplog):
    middleware.RequestNumber(lambda _r: HttpResponse(status=503))(request_)
    assert f"{request_.number} 503 /somewhere" in caplog.text


def test_telephones_are_answered_one_after_the_other_and_nobody_waits_for_them():
    entered, go_on, order = Event(), Event(), []

    def answer(request):
        order.append(request.get_full_path())
        if "first" in request.GET:
            entered.set()
            assert go_on.wait(10)
        return HttpResponse()

    middle, ask = middleware.InTurn(answer), RequestFactory()
    with ThreadPoolExecutor() as threads:
        first = threads.submit(middle, ask.get("/gate/number/K7QM2/?first"))
        assert entered.wait(10)
        second = threads.submit(middle, ask.get("/family/?second"))
        assert not wait([second], timeout=0.1).done
        middle(ask.get("/gate/desk/"))
        middle(ask.post("/family/code/"))  # its body may come slowly: it takes no turn
        go_on.set()
        wait([first, second])

    assert order == [
        "/gate/number/K7QM2/?first", "/gate/desk/", "/family/code/", "/family/?second",
    ]  # fmt: skip


def test_log_lines_carry_the_number_of_their_request():
    record = logging.makeLogRecord({"msg": "x"})
    token = logs.current_number.set("FEEDBEEF")
    assert logs.Number().filter(record)
    logs.current_number.reset(token)
    assert record.number == "FEEDBEEF"


@pytest.mark.parametrize(
    ("cookie", "own", "expected"),
    [("", "ru", "ru"), ("ky", "ru", "en"), ("", "xx", "en"), ("", "", "en")],
)
def test_the_persons_language_holds_unless_this_browser_chose(
    request_, cookie, own, expected
):
    request_.user.language = own
    if cookie:
        request_.COOKIES["django_language"] = cookie
    seen = []

    def answer(_request):
        seen.append(translation.get_language())
        return HttpResponse()

    middleware.Language(answer)(request_)
    assert seen == [expected]


@pytest.mark.django_db
@pytest.mark.parametrize("demonstration", [True, False])
def test_a_demonstration_says_so_on_every_page(request_, demonstration):
    found = {"demonstration": demonstration}
    for page in ("base", "public", "desk", "with_aside"):
        html = render_to_string(f"pages/{page}.html", found, request_)
        assert ("Demonstration: invented people." in html) is demonstration, page


def test_the_frame_has_no_inline_script_or_style(request_):
    html = render_to_string("pages/base.html", {}, request_)
    assert "<script>" not in html
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "&quot;allowEval&quot;:false" in html


def test_the_frame_names_its_language_and_leads_to_the_content(request_):
    with translation.override("ky"):
        html = render_to_string("pages/base.html", {}, request_)
    assert '<html lang="ky"' in html
    assert 'href="#main"' in html
    assert "Негизги мазмунга өтүү" in html
    assert html.count('name="language"') == 3


def test_navigation_marks_where_one_is(request_):
    items = [
        {"label": "Desk", "url": "/gate/", "active": True, "count": 3},
        {"label": "<b>", "url": "/x/"},
    ]
    html = render_to_string("pages/base.html", {"nav_items": items}, request_)
    assert '<a href="/gate/" aria-current="page">Desk' in html
    assert "&lt;b&gt;" in html


def test_an_unknown_theme_in_the_cookie_is_no_theme(request_):
    request_.COOKIES["darbaza_theme"] = '"><script>'
    assert context.page(request_)["theme"] == ""
    request_.COOKIES["darbaza_theme"] = "dark"
    assert context.page(request_)["theme"] == "dark"


@pytest.mark.parametrize("page", ["", "desk/", "public/", "progress/"])
def test_the_style_page_shows_only_in_a_demonstration(client, settings, page):
    settings.DARBAZA_DEMO = False
    assert client.get(f"/styleguide/{page}").status_code == 404
    settings.DARBAZA_DEMO = True
    assert client.get(f"/styleguide/{page}").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "status"), [("csv", 200), ("xlsx", 200), ("exe", 404)]
)
def test_the_sample_table_is_given_as_a_file(client, settings, kind, status):
    settings.DARBAZA_DEMO = True
    answer = client.get("/styleguide/", {"format": kind})
    assert answer.status_code == status
    answer.close()


def test_a_sample_form_with_errors_shows_them(client, settings):
    settings.DARBAZA_DEMO = True
    html = client.post("/styleguide/", {"born": "31.02.2000"}).content.decode()
    assert "govuk-error-summary" in html
