"""What can go wrong in the station's rules. A code and its values; words are found in `broadcaster.words`."""


class BroadcasterError(Exception):
    """Root of this package's errors: `code` names the case, `values` fill its sentence.

    `usage` marks input that can never work (exit code 2), otherwise it could not be done now (exit code 1).
    """

    def __init__(self, code: str, *, usage: bool = False, **values: object) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.usage = usage
        self.values = values
