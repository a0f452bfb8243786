"""What can go wrong with sound and text. Messages are short English; the command line and the panel put them
into Vietnamese, by type and code."""


class AudioError(Exception):
    """Root of every error this package raises on purpose."""


class VoiceUnavailable(AudioError):
    """The voice can't speak now. Codes: library (missing or unusable here), model (missing, damaged, no model),
    offline (service not reached), busy, refused (by the service), answer (unusable)."""

    def __init__(self, message: str, code: str = "library") -> None:
        super().__init__(message)
        self.code = code


class UnknownVoice(AudioError):
    """No voice goes by that name."""


class BadAudio(AudioError):
    """A file that can't go on air. Codes: bad (not decodable), missing (not to be opened), empty, silent, long."""

    def __init__(self, message: str, code: str = "bad") -> None:
        super().__init__(message)
        self.code = code


class UnknownFormat(AudioError):
    """No sound file is written with such a suffix; the message is the file's name."""


class TooLong(BadAudio):
    """Longer than anything a station may import."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "long")


class NotWritten(AudioError):
    """The disk takes no sound file: it is full, or gone."""


class _Coded(AudioError):
    """An error told apart by a code; `detail` names the file or the device it is about."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class OutputUnavailable(_Coded):
    """Sound can't go out there: unknown kind, no such device, folder not writable, stalled."""


class BadText(_Coded):
    """An upload that can't be read as text: missing, empty, too large, binary, in an unknown encoding."""
