"""Takes the dice out of a speech model: its noise becomes an input, so that the same text gives the same sound.

Models of the VITS family draw noise inside the graph (RandomNormalLike), from a generator that only a newly loaded
model starts afresh; loading takes a quarter of the time that a sentence does. Here each such node is replaced by
"the first part of the input NOISE, as large as your own input". The file format is ONNX's (onnx.proto), read and
written field by field; nothing else in it is touched. See docs/decisions/0061.
"""

from collections.abc import Iterator

NOISE, ORIGIN = "tieng_loa_noise", "tieng_loa_origin"
DRAW = b"RandomNormalLike"
# Field numbers of onnx.proto.
MODEL_GRAPH = 7
GRAPH_NODE, GRAPH_INPUT = 1, 11
NODE_INPUT, NODE_OUTPUT, NODE_OP = 1, 2, 4
FLOAT, INT64 = 1, 7  # TensorProto.DataType
VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5  # wire types


def with_noise_as_input(model: bytes) -> bytes:
    """The same model with inputs NOISE (float, rank 3) and ORIGIN (three int64 zeros), if it draws any noise.

    Raises ValueError when the bytes are no ONNX model.
    """
    if DRAW not in model:
        return model
    return b"".join(
        _field(MODEL_GRAPH, _graph(content)) if number == MODEL_GRAPH else raw
        for number, raw, content in _fields(model)
    )


def _graph(graph: bytes) -> bytes:
    parts = [_node(content) if number == GRAPH_NODE else raw for number, raw, content in _fields(graph)]
    inputs = [_field(GRAPH_INPUT, _value(NOISE, FLOAT)), _field(GRAPH_INPUT, _value(ORIGIN, INT64))]
    return b"".join([*parts, *inputs])


def _node(node: bytes) -> bytes:
    """The field of a node: as it is, or the two nodes that take the place of a draw."""
    found = {number: content for number, _, content in _fields(node)}
    if found.get(NODE_OP) != DRAW:
        return _field(GRAPH_NODE, node)
    like, drawn = found[NODE_INPUT].decode(), found[NODE_OUTPUT].decode()
    shape = f"{drawn}_shape"
    return _operation("Shape", [like], shape) + _operation("Slice", [NOISE, ORIGIN, shape], drawn)


def _operation(name: str, inputs: list[str], output: str) -> bytes:
    taken = b"".join(_field(NODE_INPUT, text.encode()) for text in inputs)
    return _field(GRAPH_NODE, taken + _field(NODE_OUTPUT, output.encode()) + _field(NODE_OP, name.encode()))


def _value(name: str, element: int) -> bytes:
    """A ValueInfoProto: a tensor of this element type, of any shape."""
    tensor = _field(1, _varint(1 << 3 | VARINT) + _varint(element))  # TypeProto.tensor_type.elem_type
    return _field(1, name.encode()) + _field(2, tensor)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | BYTES) + _varint(len(content)) + content


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(number, the whole field, its content when it is of variable length) of every field in order."""
    at = 0
    while at < len(message):
        start = at
        key, at = _read_varint(message, at)
        number, wire = key >> 3, key & 7
        content = b""
        if wire == VARINT:
            _, at = _read_varint(message, at)
        elif wire in (FIXED64, FIXED32):
            at += 8 if wire == FIXED64 else 4
        elif wire == BYTES:
            length, at = _read_varint(message, at)
            content = message[at : at + length]
            at += length
        else:
            raise ValueError(f"no ONNX model: wire type {wire}")
        if at > len(message):
            raise ValueError("no ONNX model: cut off")
        yield number, message[start:at], content


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data):
        value |= (data[at] & 0x7F) << shift
        at += 1
        if not data[at - 1] & 0x80:
            return value, at
        shift += 7
    raise ValueError("no ONNX model: cut off")
