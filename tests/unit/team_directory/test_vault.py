"""Secrets at rest."""

import pytest

from services.team_directory.domain.vault import UnreadableSecretError, Vault

OLD, NEW = "the-old-key-is-at-least-this-long", "the-new-key-is-at-least-this-long"


def test_a_secret_opens_in_its_place() -> None:
    vault = Vault([OLD])
    sealed = vault.seal(b"token", "profile/1")
    assert b"token" not in sealed.ciphertext
    assert vault.open(sealed.ciphertext, "profile/1") == b"token"
    assert sealed.key_id == vault.key_id


def test_the_same_secret_is_never_sealed_the_same_way_twice() -> None:
    vault = Vault([OLD])
    assert vault.seal(b"token", "a").ciphertext != vault.seal(b"token", "a").ciphertext


def test_a_secret_does_not_open_in_another_place() -> None:
    vault = Vault([OLD])
    with pytest.raises(UnreadableSecretError):
        vault.open(vault.seal(b"token", "profile/1").ciphertext, "profile/2")


def test_a_secret_that_was_tampered_with_does_not_open() -> None:
    vault = Vault([OLD])
    ciphertext = bytearray(vault.seal(b"token", "a").ciphertext)
    ciphertext[-1] ^= 1
    with pytest.raises(UnreadableSecretError):
        vault.open(bytes(ciphertext), "a")


def test_with_a_new_key_in_front_old_secrets_open_and_show_that_they_are_old() -> None:
    old = Vault([OLD]).seal(b"token", "a")
    both = Vault([NEW, OLD])
    assert both.open(old.ciphertext, "a") == b"token"
    assert both.is_stale(old.ciphertext)
    anew = both.seal(b"token", "a")
    assert not both.is_stale(anew.ciphertext)
    assert anew.key_id != old.key_id
    assert Vault([NEW]).open(anew.ciphertext, "a") == b"token"


def test_a_secret_whose_key_was_taken_away_is_named_by_its_key() -> None:
    sealed = Vault([OLD]).seal(b"token", "a")
    with pytest.raises(UnreadableSecretError, match=sealed.key_id):
        Vault([NEW]).open(sealed.ciphertext, "a")
