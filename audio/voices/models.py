"""What can be known of a Piper voice without loading it: where its files are, and whether it can say tones."""

import json
from pathlib import Path

TONES = "123456"  # how eSpeak NG writes them, and so how a Vietnamese model must hear them


def model_path(detail: str, models: Path | None) -> Path:
    """The file of a Piper voice given as a file or by the name it is installed under."""
    if models is None or detail.endswith(".onnx") or Path(detail).name != detail:
        return Path(detail)
    return models / f"{detail}.onnx"


def config_path(path: Path) -> Path:
    """The description beside a model."""
    return path.with_name(f"{path.name}.json")


def toneless(path: Path) -> bool:
    """Whether a Vietnamese model was trained without tones, as two of the three public ones were: every word then
    sounds like its neighbours. False for other languages and for what can't be read."""
    try:
        config = json.loads(config_path(path).read_bytes())
        return config["espeak"]["voice"].startswith("vi") and not set(TONES) <= set(config["phoneme_id_map"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
