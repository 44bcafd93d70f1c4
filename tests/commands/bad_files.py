"""Files that djdesk.toml must not be: a name, the content, the key at fault, and what is said."""

from __future__ import annotations


def parameter(*lines: str) -> str:
    return "[commands.a.parameters.b]\n" + "\n".join(lines) + "\n"


# Anything that could take for ever, match a space or a line, or hold a shell's characters.
PATTERNS = [
    ".*",
    "(a+)+$",
    "[a-z]*",
    "[a-z]{1,}",
    "[^a]{1,9}",
    r"[\s\S]{1,9}",
    "[ a]{1,9}",
    "[a-z]{0,9}",
    "[a-z]{9,1}",
    "[a-z]{1,201}",
    "[z-a]{1,9}",
    "[A-z]{1,9}",
    "[a]{1,9}b",
    "[a]{1,9}[a]{1,9}",
    "[]{1,9}",
    "[;]{1,9}",
    "[a-]]{1,9}",
]

BAD: list[tuple[str, str | bytes, str, str]] = [
    ("no TOML", "commands = [", "djdesk.toml", "is not TOML"),
    ("a key twice", "[commands.a]\n[commands.a]\n", "djdesk.toml", "is not TOML"),
    ("no UTF-8", b"\xff\xfe", "djdesk.toml", "is not UTF-8"),
    ("a NUL", b'[commands.a]\nsummary = "\0"\n', "djdesk.toml", "is not TOML"),
    ("too large", "#" * 70_000, "djdesk.toml", "larger than 64 KB"),
    ("nested for ever", "x = " + "[" * 20_000, "djdesk.toml", "is n"),
    ("a huge number", f"x = {'9' * 6000}", "djdesk.toml", "cannot be read"),
    ("another table", "[tool.x]\n", "tool", "not known here"),
    ("commands as a list", "commands = []\n", "commands", "expected a table"),
    ("a command as text", 'commands.a = "check"\n', "commands.a", "expected a table"),
    ("a name in capitals", "[commands.Report]\n", "commands.Report", "not possible"),
    ("an option as a name", '[commands."--x"]\n', "commands.--x", "not possible"),
    ("markup as a name", '[commands."<b>"]\n', "commands.'<b>'", "not possible"),
    ("an empty name", '[commands.""]\n', "commands.''", "not possible"),
    ("a preset's name", "[commands.migrate]\n", "commands.migrate", "set command = 'migrate'"),
    ("an unknown key", "[commands.a]\nshell = true\n", "commands.a.shell", "not known here"),
    ("an argv", '[commands.a]\nargv = ["x"]\n', "commands.a.argv", "not known here"),
    ("tiers of its own", '[commands.a]\ntiers = ["guarded"]\n', "commands.a.tiers", "not known"),
    ("two words", '[commands.a]\ncommand = "a b"\n', "commands.a.command", "not the name"),
    ("an option", '[commands.a]\ncommand = "--x"\n', "commands.a.command", "not the name"),
    ("a path", '[commands.a]\ncommand = "../x"\n', "commands.a.command", "not the name"),
    ("a number", "[commands.a]\ncommand = 1\n", "commands.a.command", "expected text"),
    ("a date", "[commands.a]\nsummary = 2020-01-01\n", "commands.a.summary", "expected text"),
    ("long text", f'[commands.a]\nsummary = "{"x" * 61}"\n', "commands.a.summary", "longer than"),
    ("two lines", '[commands.a]\nsummary = "a\\nb"\n', "commands.a.summary", "one line"),
    ("a direction mark", '[commands.a]\nsummary = "a\\u202Eb"\n', "commands.a.summary", "one line"),
    ("a word", '[commands.a]\nskip_checks = "yes"\n', "commands.a.skip_checks", "true or false"),
    ("a number", "[commands.a]\nskip_checks = 1\n", "commands.a.skip_checks", "true or false"),
    ("no type", parameter(), "commands.a.parameters.b.type", "missing"),
    ("an unknown type", parameter('type = "path"'), "commands.a.parameters.b.type", "none of flag"),
    (
        "an unknown key of a parameter",
        parameter('type = "flag"', "default = true"),
        "commands.a.parameters.b.default",
        "not known here",
    ),
    (
        "bounds of a flag",
        parameter('type = "flag"', "min = 1"),
        "commands.a.parameters.b.min",
        "not known here",
    ),
    (
        "no bounds",
        parameter('type = "integer"', "min = 1"),
        "commands.a.parameters.b.max",
        "missing",
    ),
    (
        "bounds the wrong way round",
        parameter('type = "integer"', "min = 5", "max = 1"),
        "commands.a.parameters.b.max",
        "expected 5 to",
    ),
    (
        "true as a bound",
        parameter('type = "integer"', "min = true", "max = 1"),
        "commands.a.parameters.b.min",
        "whole number",
    ),
    (
        "a fraction as a bound",
        parameter('type = "integer"', "min = 0.5", "max = 1"),
        "commands.a.parameters.b.min",
        "whole number",
    ),
    (
        "no options",
        parameter('type = "choice"', "options = []"),
        "commands.a.parameters.b.options",
        "1 to 50",
    ),
    (
        "an option-looking choice",
        parameter('type = "choice"', 'options = ["--x"]'),
        "commands.a.parameters.b.options",
        "not a plain word",
    ),
    (
        "a number as a choice",
        parameter('type = "choice"', "options = [1]"),
        "commands.a.parameters.b.options",
        "not a plain word",
    ),
    (
        "a choice twice",
        parameter('type = "choice"', 'options = ["x", "x"]'),
        "commands.a.parameters.b.options",
        "twice",
    ),
    (
        "a reserved option",
        parameter('type = "word"', 'pattern = "[a-z]{1,9}"', 'flag = "--settings"'),
        "commands.a.parameters.b.flag",
        "Django's own",
    ),
    (
        "the beginning of a reserved option",
        parameter('type = "word"', 'pattern = "[a-z]{1,9}"', 'flag = "--pyth"'),
        "commands.a.parameters.b.flag",
        "Django's own",
    ),
    (
        "a short option",
        parameter('type = "flag"', 'flag = "-o"'),
        "commands.a.parameters.b.flag",
        "not an option",
    ),
    (
        "an option with its value",
        parameter('type = "flag"', 'flag = "--a=b"'),
        "commands.a.parameters.b.flag",
        "not an option",
    ),
    (
        "a positional flag",
        parameter('type = "flag"', "positional = true"),
        "commands.a.parameters.b.positional",
        "never positional",
    ),
    (
        "a positional with an option",
        parameter('type = "app_label"', "positional = true", 'flag = "--app"'),
        "commands.a.parameters.b.flag",
        "not known here",
    ),
    *(
        (
            f"the pattern {pattern}",
            parameter('type = "word"', f"pattern = '{pattern}'"),
            "commands.a.parameters.b.pattern",
            "bounds",
        )
        for pattern in PATTERNS
    ),
    (
        "an option twice",
        parameter('type = "flag"', 'flag = "--x"')
        + '[commands.a.parameters.c]\ntype = "flag"\nflag = "--x"\n',
        "commands.a.parameters.c",
        "another parameter's option",
    ),
    (
        "a value in another one's place",
        parameter('type = "app_label"', "positional = true")
        + '[commands.a.parameters.c]\ntype = "app_label"\npositional = true\nrequired = true\n',
        "commands.a.parameters.c",
        "take the place of b",
    ),
    (
        "a parameter in capitals",
        '[commands.a.parameters.B]\ntype = "flag"\n',
        "commands.a.parameters.B",
        "not possible",
    ),
    (
        "too many commands",
        "".join(f"[commands.c{number}]\n" for number in range(51)),
        "commands",
        "more than 50",
    ),
    (
        "too many parameters",
        "".join(f'[commands.a.parameters.p{n}]\ntype = "flag"\n' for n in range(31)),
        "commands.a.parameters",
        "more than 30",
    ),
]
