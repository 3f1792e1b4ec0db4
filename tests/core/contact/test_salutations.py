"""People are greeted as people are greeted, however their names are written on the card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.contact.salutations import Called, called, person_key


@pytest.mark.parametrize(
    ("name", "parts", "greeted"),
    [
        ("Frau Dr. Käthe Süß", ("Frau Dr.", "Käthe", "Süß"), "Frau Dr. Süß"),
        ("Herr Meier", ("Herr", "", "Meier"), "Herr Meier"),
        ("Herrn Jan Meier", ("Herr", "Jan", "Meier"), "Herr Meier"),
        ("Fr. Berg", ("Frau", "", "Berg"), "Frau Berg"),
        ("Prof. Dr. med. Eva Berg", ("Prof. Dr.", "Eva", "Berg"), "Prof. Dr. Berg"),
        ("Dipl.-Ing. Eva Berg", ("", "Eva", "Berg"), "Eva"),
        ("Herr Dipl.-Ing. (FH) Berg", ("Herr", "", "Berg"), "Herr Berg"),
        ("Ms Ann Lee", ("Ms", "Ann", "Lee"), "Ms Lee"),
        ("Käthe Süß", ("", "Käthe", "Süß"), "Käthe"),
        ("Süß, Käthe", ("", "Käthe", "Süß"), "Käthe"),
        ("Süß, Frau Käthe", ("Frau", "Käthe", "Süß"), "Frau Süß"),
        ("Eva Berg, CEO", ("", "Eva", "Berg"), "Eva"),
        ("Eva Berg MBA", ("", "Eva", "Berg"), "Eva"),
        ("Frau Ursula von der Leyen", ("Frau", "Ursula", "von der Leyen"), "Frau von der Leyen"),
        ("Frau von der Leyen", ("Frau", "", "von der Leyen"), "Frau von der Leyen"),
        ("Anna Maria Berg", ("", "Anna", "Berg"), "Anna"),
        ("K. Süß", ("", "K.", "Süß"), "K. Süß"),
        ("Süß", ("", "Süß", ""), "Süß"),
        ("Frau", ("", "Frau", ""), "Frau"),
        ("Dr", ("", "Dr", ""), "Dr"),
        ("Herr und Frau Meier", ("Herr und Frau", "", "Meier"), "Herr und Frau Meier"),
        ("", ("", "", ""), ""),
    ],
)
def test_a_person_is_greeted(name, parts, greeted):
    assert called(name) == Called(*parts)
    assert called(name).greeted == greeted


@given(st.text("Fra Dr.,Süß-von und", max_size=30))
def test_a_name_is_never_greeted_with_nothing(name):
    if name.strip(" ,"):
        assert called(name).greeted


def test_what_is_in_front_of_a_name_makes_nobody_else() -> None:
    for name in ("Käthe Süß", "Frau Dr. Käthe Süß", "Prof. Dr. med. KÄTHE SÜSS"):
        assert person_key(name) == "kathe suss"
    assert person_key("Frau Süß") != person_key("Herr Süß")
    assert person_key("Herr Dr. Süß") != person_key("Frau Dr. Süß")
    assert person_key("Dr.") == "dr."
