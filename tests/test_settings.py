from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given as for_all, strategies as st
from pydantic import SecretStr, ValidationError

from bot.errors import SettingsError
from bot.settings import KEYS, DatabaseSettings, Settings, TelegramSettings, load

TOKEN = "1234567890:AAExampleExampleExampleExampleExamp"
VARIABLES = ["REPAIR_TALK_" + "__".join(key).upper() for key in KEYS]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, name: str = "config.yaml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def faults(text: str = "", **variables: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(written(text), {f"REPAIR_TALK_{name}": value for name, value in variables.items()})
    return str(caught.value).splitlines()


class TestWhereSettingsComeFrom:
    def test_nothing_given_means_the_defaults(self) -> None:
        assert load(None, {}) == Settings()

    def test_the_file_in_this_folder_is_read_unasked(self) -> None:
        written("log: {level: debug}")
        assert load(None, {}).log.level == "debug"

    def test_a_named_file_is_read_instead(self) -> None:
        written("log: {level: debug}")
        other = written("log: {level: error}", "other.yaml")
        assert load(other, {}).log.level == "error"

    def test_the_environment_alone_is_enough(self) -> None:
        settings = load(None, {"REPAIR_TALK_TELEGRAM__TOKEN": TOKEN, "PATH": "/bin"})
        assert settings.telegram.token.get_secret_value() == TOKEN

    def test_the_environment_wins_over_the_file_key_by_key(self) -> None:
        path = written("telegram: {messages_per_second: 5, burst_per_chat: 2}")
        telegram = load(path, {"REPAIR_TALK_TELEGRAM__MESSAGES_PER_SECOND": "0"}).telegram
        assert (telegram.messages_per_second, telegram.burst_per_chat) == (0, 2)

    def test_a_faulty_value_in_the_file_is_no_fault_where_the_environment_replaces_it(self) -> None:
        assert load(written("log: {level: loud}"), {"REPAIR_TALK_LOG__LEVEL": "info"}).log.level == "info"

    @pytest.mark.parametrize("nothing", ["", '""', "~", "null", "'  '"])
    def test_an_empty_key_keeps_its_default(self, nothing: str) -> None:
        assert load(written(f"operator:\n  keep_days: {nothing}\n"), {}) == Settings()

    @pytest.mark.parametrize("text", ["", "# only a remark", "telegram:\nlog: ~"])
    def test_an_empty_section_or_file_keeps_its_defaults(self, text: str) -> None:
        assert load(written(text), {}) == Settings()

    def test_an_empty_variable_counts_as_not_set(self) -> None:
        assert load(written("operator: {name: Sam}"), {"REPAIR_TALK_OPERATOR__NAME": " "}).operator.name == "Sam"

    def test_text_stays_text_even_where_yaml_sees_a_number_or_a_truth(self) -> None:
        operator = load(written("operator: {name: no, contact: 12:30:45}"), {}).operator
        assert (operator.name, operator.contact) == ("no", "12:30:45")

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        assert load(written("\ufefflog: {level: debug}"), {}).log.level == "debug"


class TestValues:
    def test_the_key_lies_beside_the_database_unless_said_otherwise(self) -> None:
        assert load(written("database: {path: /srv/talk/people.db}"), {}).database == DatabaseSettings(
            path=Path("/srv/talk/people.db"), key_file=Path("/srv/talk/repair-talk.key")
        )

    def test_a_tilde_is_the_home_folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert load(written("database: {path: ~/talk.db}"), {}).database.path == tmp_path / "talk.db"

    def test_a_server_root_loses_its_closing_slash(self) -> None:
        assert load(written("telegram: {base_url: http://127.0.0.1:8081/}"), {}).telegram.base_url.endswith("8081")

    def test_words_to_choose_from_may_be_in_capitals(self) -> None:
        assert load(None, {"REPAIR_TALK_LOG__LEVEL": "WARNING"}).log.level == "warning"

    def test_a_token_loses_the_space_around_it(self) -> None:
        assert TelegramSettings(token=SecretStr(f" {TOKEN}\n")).token.get_secret_value() == TOKEN

    @pytest.mark.parametrize(
        ("url", "here"),
        [
            ("http://127.0.0.1:8081", True),
            ("http://localhost", True),
            ("http://[::1]:80", True),
            ("https://api.telegram.org", False),
            ("http://127.0.0.1.example.org", False),
            ("http://10.0.0.7", False),
        ],
    )
    def test_loopback_is_told_from_elsewhere(self, url: str, here: bool) -> None:
        assert TelegramSettings(base_url=url).on_loopback is here

    def test_settings_are_frozen(self) -> None:
        with pytest.raises(ValidationError):
            Settings().log.level = "debug"


class TestFaults:
    def test_all_are_reported_together_each_in_one_line_in_the_order_of_the_file(self) -> None:
        text = "log:\n  format: xml\ntelegram:\n  burst_per_chat: 0\n  messages_per_second: fast\nclok: {}\n"
        assert faults(text, OPERATOR__KEEP_DAYS="1.5", FOO="") == [
            'config.yaml:2: log.format: "xml" won\'t do; use text or json',
            'config.yaml:4: telegram.burst_per_chat: "0" is too little; use 1 or more',
            'config.yaml:5: telegram.messages_per_second: "fast" won\'t do; use a number',
            "config.yaml:6: clok: is no setting; did you mean clock?",
            "REPAIR_TALK_FOO: is no setting; config.example.yaml names all there are",
            'REPAIR_TALK_OPERATOR__KEEP_DAYS: "1.5" won\'t do; use a whole number',
        ]

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("telegrm: {token: x}", "telegram"),
            ("Telegram: {token: x}", "telegram"),
            ("telegram: {tokn: x}", "telegram.token"),
            ("telegram: {base-url: x}", "telegram.base_url"),
            ("operator: {token: x}", "telegram.token"),
            ("token: x", "telegram.token"),
            ("clock: {offset: x}", "clock.offset_file"),
        ],
    )
    def test_an_unknown_key_comes_with_the_one_that_was_meant(self, text: str, meant: str) -> None:
        assert [line.partition("; ")[2] for line in faults(text)] == [f"did you mean {meant}?"]

    @pytest.mark.parametrize("text", ["telegram: {colour: red}", "zebra: 1", "? [a, b]\n: 1"])
    def test_an_unknown_key_like_no_other_points_to_the_example(self, text: str) -> None:
        assert [line.partition("; ")[2] for line in faults(text)] == ["config.example.yaml names all there are"]

    @pytest.mark.parametrize(
        ("variable", "meant"),
        [
            ("TELEGRAM_TOKEN", "REPAIR_TALK_TELEGRAM__TOKEN"),
            ("TOKEN", "REPAIR_TALK_TELEGRAM__TOKEN"),
            ("TELEGRM__TOKEN", "REPAIR_TALK_TELEGRAM__TOKEN"),
            ("telegram__token", "REPAIR_TALK_TELEGRAM__TOKEN"),
            ("DATABASE__KEYFILE", "REPAIR_TALK_DATABASE__KEY_FILE"),
            ("TELEGRAM", "REPAIR_TALK_TELEGRAM__…"),
        ],
    )
    def test_an_unknown_variable_comes_with_the_one_that_was_meant(self, variable: str, meant: str) -> None:
        assert faults(**{variable: "x"}) == [f"REPAIR_TALK_{variable}: is no setting; did you mean {meant}?"]

    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("telegram: {mode: webhook}", "1: telegram.mode: webhook is not available yet; use polling"),
            ("telegram:\n  token:12", "2: telegram: wants lines of"),
            ("- a", "1: wants lines of"),
            ("dialogues:\n  path: [a]", "2: dialogues.path: wants one value"),
            ("log: {}\nlog: {}", "2: log: stands on line 1 already"),
            ("log: {level: info, level: info}", "1: log.level: stands on line 1 already"),
            ("telegram: {messages_per_second: .inf}", '1: telegram.messages_per_second: ".inf" won\'t do'),
            ("telegram: {messages_per_second: nan}", '1: telegram.messages_per_second: "nan" won\'t do'),
            ("telegram: {messages_per_second: -1}", '1: telegram.messages_per_second: "-1" is too little; use 0'),
            ("database: {path: a, key_file: a}", "1: database.key_file: names the database itself"),
            ("database: {path: ~nobody-by-that-name/a}", "1: database.path: starts with ~, but no such home"),
            ("telegram: {base_url: telegram.org}", "1: telegram.base_url: is not the address of a server"),
            ('telegram: {base_url: "http://[::1"}', "1: telegram.base_url: is not the address of a server"),
            ('telegram: {base_url: "http://a:x"}', "1: telegram.base_url: is not the address of a server"),
            ("telegram: {base_url: http://u:p@h}", "1: telegram.base_url: holds more than a server's address"),
            ("telegram: {base_url: http://h/bot}", "1: telegram.base_url: goes too far"),
        ],
    )
    def test_each_names_its_place_and_cause(self, text: str, fault: str) -> None:
        (line,) = faults(text)
        assert line.startswith(f"config.yaml:{fault}")

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("log:\n  level: info\n  token:12\n", 3),
            ("log:\n  level: 'info\n\n", 2),
            ("log:\n\tlevel: info", 2),
            ("log: a: b", 1),
            ("--- {}\n--- {}", 2),
        ],
    )
    def test_what_is_not_yaml_is_one_fault_on_the_line_to_mend(self, text: str, line: int) -> None:
        (fault,) = faults(text)
        assert fault.startswith(f"config.yaml:{line}: is not valid YAML (")

    @pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: \x00", b"[" * 20_000])
    def test_what_is_no_settings_file_at_all_is_one_fault(self, content: bytes) -> None:
        Path("config.yaml").write_bytes(content)
        with pytest.raises(SettingsError, match=r"^config\.yaml: is not [^\n]*$"):
            load(None, {})

    def test_a_named_file_that_is_not_there_is_a_fault(self) -> None:
        with pytest.raises(SettingsError, match=r"^gone\.yaml: can't be read \(No such file"):
            load(Path("gone.yaml"), {})

    @pytest.mark.parametrize("base_url", ["", "https://api.telegram.org", "http://127.0.0.1@example.org", "http://["])
    def test_the_clock_can_be_moved_only_against_a_server_on_this_machine(self, base_url: str) -> None:
        found = faults(CLOCK__OFFSET_FILE="offset", TELEGRAM__BASE_URL=base_url)
        assert [line.partition(";")[0] for line in found if "CLOCK" in line] == [
            "REPAIR_TALK_CLOCK__OFFSET_FILE: moves the clock, which is for tests on this machine only"
        ]

    def test_the_clock_can_be_moved_on_this_machine(self) -> None:
        text = "{clock: {offset_file: offset}, telegram: {base_url: http://127.0.0.1:8081}}"
        assert load(written(text), {}).clock.offset_file == Path("offset")

    @for_all(st.dictionaries(st.sampled_from(VARIABLES), st.text(string.printable, max_size=30)))
    def test_whatever_variables_hold_there_are_settings_or_one_line_a_fault(self, environ: dict[str, str]) -> None:
        lines: list[str] = []
        try:
            load(None, environ)
        except SettingsError as error:
            lines = str(error).split("\n")
        assert len(lines) <= len(environ)
        assert all(line.startswith("REPAIR_TALK_") for line in lines)
