"""Answers questions about Python's struct. A batch of lines ends with an empty one; each line has one answer.

A question is "call|format|buffer|offset|values": buffer in hex, values with a space between them, each a letter (i integer,
d the bits of a double, b bytes, ? bool) and its text. An answer is "ok ..." or "error ..."."""
import struct
import sys


def value(text):
    kind, rest = text[0], text[1:]
    if kind == "i":
        return int(rest)
    if kind == "d":
        return struct.unpack(">d", bytes.fromhex(rest))[0]
    return bytes.fromhex(rest) if kind == "b" else rest == "1"


def text(v):
    if isinstance(v, bool):
        return "?1" if v else "?0"
    if isinstance(v, int):
        return "i%d" % v
    if v != v:
        return "dnan"
    return "d" + struct.pack(">d", v).hex() if isinstance(v, float) else "b" + v.hex()


def texts(values):
    return " ".join(text(v) for v in values)


def answer(line):
    call, form, buffer, offset, values = line.split("|")
    buffer, offset = bytearray.fromhex(buffer), int(offset)
    values = [value(v) for v in values.split()]
    if call == "calcsize":
        return str(struct.calcsize(form))
    if call == "pack":
        return struct.pack(form, *values).hex()
    if call == "pack_into":
        struct.pack_into(form, buffer, offset, *values)
        return buffer.hex()
    if call == "unpack":
        return texts(struct.unpack(form, buffer))
    if call == "unpack_from":
        return texts(struct.unpack_from(form, buffer, offset))
    return ";".join(texts(v) for v in struct.iter_unpack(form, buffer))


while True:
    batch = []
    for line in sys.stdin:
        if line == "\n":
            break
        batch.append(line.rstrip("\n"))
    else:
        break
    answers = []
    for line in batch:
        try:
            answers.append("ok " + answer(line))
        except (struct.error, OverflowError) as e:
            answers.append("error " + str(e))
    sys.stdout.write("\n".join(answers) + "\n")
    sys.stdout.flush()
